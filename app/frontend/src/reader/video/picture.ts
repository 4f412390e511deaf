/** The picture itself, without the bars beside it: what areas are drawn on, and how they are laid over it. */
import type { Box } from "../../../../../annotators/fragments.ts";
import { t } from "../../lib/messages.ts";
import { clock } from "../fragments.ts";
import type { Sheet } from "../rectangles.ts";

export class Picture implements Sheet {
  readonly beside = document.createElement("div");
  readonly #video: HTMLVideoElement;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    this.beside.className = "picture-areas";
    const fit = () => this.#fit();
    new ResizeObserver(fit).observe(video);
    video.addEventListener("loadedmetadata", fit);
  }

  /** Lies exactly over what of the element is picture. */
  #fit(): void {
    const { videoWidth, videoHeight, clientWidth, clientHeight, offsetLeft, offsetTop } = this.#video;
    if (!videoWidth || !videoHeight) return;
    const scale = Math.min(clientWidth / videoWidth, clientHeight / videoHeight);
    const [width, height] = [videoWidth * scale, videoHeight * scale];
    const { style } = this.beside;
    style.left = `${offsetLeft + (clientWidth - width) / 2}px`;
    style.top = `${offsetTop + (clientHeight - height) / 2}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  get areaLabel(): string {
    return t(
      "Area of the picture at %(time)s. Arrow keys move it, with shift they change its size. Enter: comment, q: question, x: I'm lost here, h: highlight, Escape: stop.",
      { time: clock(this.#video.currentTime) },
    );
  }

  onPage(x: number, y: number): [number, number] {
    const box = this.beside.getBoundingClientRect();
    return [((x - box.left) / box.width) * 100, ((y - box.top) / box.height) * 100];
  }

  /** Where a rectangle of the picture stands in the window. */
  inWindow({ x, y, width, height }: Box): DOMRect {
    const box = this.beside.getBoundingClientRect();
    const [across, down] = [box.width / 100, box.height / 100];
    return new DOMRect(box.left + x * across, box.top + y * down, width * across, height * down);
  }
}
