/** Says something to people who use a screen reader, without moving anything. */
let timer = 0;

export function announce(sentence: string): void {
  const region = document.getElementById("fw-announce");
  if (!region) return;
  region.textContent = "";
  clearTimeout(timer);
  // A region that gets the same words again is only read when it was empty in between.
  timer = window.setTimeout(() => {
    region.textContent = sentence;
  }, 60);
}
