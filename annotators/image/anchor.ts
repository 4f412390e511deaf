/** Regions of a picture. Twin of `anchor.py`. */
import { type Box, parseFragment, writeBox } from "../fragments.ts";
import { pick, type Selector } from "../selectors.ts";

/** Return the selector of a rectangle in percent of the picture. */
export function describe(box: Box): Selector[] {
  return [
    { type: "FragmentSelector", value: writeBox(box), conformsTo: "http://www.w3.org/TR/media-frags/" },
  ];
}

/** Return the rectangle that selectors point at, also on a page or in a frame; null if there is none. */
export function region(selectors: readonly Selector[]): Box | null {
  return parseFragment(pick(selectors, "FragmentSelector")?.value ?? "")?.box ?? null;
}
