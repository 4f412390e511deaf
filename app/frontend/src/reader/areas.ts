/** Marking an area of a page or a picture: drawn with the mouse or a finger, or moved and sized by keyboard. */
import { effect, signal } from "@preact/signals";
import type { Box } from "../../../../annotators/fragments.ts";
import { t } from "../lib/messages.ts";
import { announce } from "./announce.ts";
import { act, DEED_KEYS } from "./choosing.ts";
import { mayWrite } from "./page-info.ts";
import { lay, rectOf, type Sheet } from "./rectangles.ts";
import { selected } from "./selection.ts";
import type { Passage, Surface } from "./surface.ts";

/** Whether the next drag draws an area, on pages with words too. */
export const drawing = signal(false);

const LEAST = 2;
const STEP = 2;
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export class Areas<View extends Sheet> {
  readonly #surface: Surface;
  readonly #describe: (view: View, box: Box) => Passage;
  /** Whether a rectangle is being drawn. */
  busy = false;
  #now: { view: View; box: Box; element: HTMLElement; shown: boolean } | null = null;

  constructor(surface: Surface, describe: (view: View, box: Box) => Passage) {
    this.#surface = surface;
    this.#describe = describe;
    // What was chosen to do with the area is done, or it was given up: the frame goes.
    effect(() => {
      if (!selected.value && this.#now?.shown) this.clear();
    });
  }

  passage(): Passage | null {
    if (!this.#now) return null;
    this.#now.shown = true;
    return this.#describe(this.#now.view, this.#now.box);
  }

  clear(): void {
    const old = this.#now;
    this.#now = null;
    old?.element.remove();
  }

  /** A frame in the middle of a page, to be moved by keyboard. */
  begin(view: View, top: number): void {
    this.#put(view, { x: 30, y: Math.min(80, Math.max(0, top)), width: 40, height: 15 });
    this.#now?.element.focus({ preventScroll: true });
    this.#offer();
  }

  /** Draws while the pointer is down; returns at once. */
  draw(view: View, event: PointerEvent): void {
    this.busy = true;
    getSelection()?.removeAllRanges();
    (document.activeElement as HTMLElement | null)?.blur();
    const [fromX, fromY] = view.onPage(event.clientX, event.clientY);
    this.clear();
    const move = (next: PointerEvent) => {
      const [x, y] = view.onPage(next.clientX, next.clientY).map((at) => Math.min(100, Math.max(0, at))) as [
        number,
        number,
      ];
      this.#put(view, {
        x: Math.min(fromX, x),
        y: Math.min(fromY, y),
        width: Math.abs(x - fromX),
        height: Math.abs(y - fromY),
      });
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      drawing.value = false;
      this.busy = false;
      const box = this.#now?.box;
      if (!box || box.width < LEAST || box.height < LEAST) this.clear();
      else this.#offer();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }

  #put(view: View, box: Box): void {
    const element = this.#now?.view === view ? this.#now.element : this.#frame(view);
    this.#now = { view, box, element, shown: false };
    lay(element, rectOf(box));
  }

  #frame(view: View): HTMLElement {
    this.clear();
    const element = document.createElement("div");
    element.className = "drawn-area";
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", view.areaLabel);
    element.addEventListener("keydown", (event) => this.#onKey(event));
    view.beside.append(element);
    return element;
  }

  #onKey(event: KeyboardEvent): void {
    const now = this.#now;
    if (!now || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    const deed = DEED_KEYS[event.key];
    if (move) this.#put(now.view, event.shiftKey ? sized(now.box, move) : moved(now.box, move));
    else if (event.key === "Escape") this.#giveUp();
    else if (deed && mayWrite()) act(this.#surface, deed, this.#describe(now.view, now.box));
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (move) this.#tell();
  }

  #tell(): void {
    const { x, y, width, height } = this.#now?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    const round = Math.round;
    announce(
      t("from the left %(x)s %%, from the top %(y)s %%, %(width)s by %(height)s %%", {
        x: round(x),
        y: round(y),
        width: round(width),
        height: round(height),
      }).replaceAll("%%", "%"),
    );
    this.#offer();
  }

  #offer(): void {
    const passage = this.passage();
    if (passage && this.#now) selected.value = { ...passage, box: this.#now.element.getBoundingClientRect() };
  }

  #giveUp(): void {
    this.clear();
    selected.value = null;
    drawing.value = false;
  }
}

const within = (at: number, most: number): number => Math.min(most, Math.max(0, at));

const moved = (box: Box, [dx, dy]: [number, number]): Box => ({
  ...box,
  x: within(box.x + dx, 100 - box.width),
  y: within(box.y + dy, 100 - box.height),
});

const sized = (box: Box, [dx, dy]: [number, number]): Box => ({
  ...box,
  width: Math.max(LEAST, within(box.width + dx, 100 - box.x)),
  height: Math.max(LEAST, within(box.height + dy, 100 - box.y)),
});
