/** Rectangles on a page or a picture, in percent of it, as styles of an element. */
import type { Box } from "../../../../annotators/fragments.ts";

type Rect = { left: number; top: number; right: number; bottom: number };

/** What areas are drawn on: a page, or the picture of a film. */
export interface Sheet {
  /** Where what is drawn goes. */
  readonly beside: HTMLElement;
  /** What a drawn area is called, and how it is moved, for those who hear it. */
  readonly areaLabel: string;
  /** A point of the window in percent of the sheet. */
  onPage(x: number, y: number): [number, number];
}

export const rectOf = ({ x, y, width, height }: Box): Rect => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

export function lay(element: HTMLElement, { left, top, right, bottom }: Rect): void {
  const { style } = element;
  [style.left, style.top, style.width, style.height] = [
    `${left}%`,
    `${top}%`,
    `${right - left}%`,
    `${bottom - top}%`,
  ];
}
