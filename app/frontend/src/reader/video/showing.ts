/** The whole screen for the picture with its controls, and back. */
export function showWhole(root: HTMLElement): void {
  const stage = root.querySelector(".video-stage");
  if (document.fullscreenElement) void document.exitFullscreen();
  else void stage?.requestFullscreen?.();
}
