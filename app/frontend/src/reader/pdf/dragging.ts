/**
 * Selecting by mouse on a page: the words stand apart, and the browser's own drag jumps to the end of the page
 * between them. So the nearest word is taken. Touch and keyboard select as everywhere.
 */
import type { PageView } from "./page.ts";
import { nearestOffset } from "./words.ts";

type Position = [Node, number];
type Found = { view: PageView; index: number; letters: number };

export function selectByMouse(root: HTMLElement, viewAt: (x: number, y: number) => PageView | null): void {
  let anchor: Position | null = null;

  const find = (event: MouseEvent): Found | null => {
    const view = viewAt(event.clientX, event.clientY);
    const found = view && nearestOffset(view.page.words, ...view.onPage(event.clientX, event.clientY));
    return found ? { view, index: found.index, letters: found.at - found.word.start } : null;
  };
  root.addEventListener("mousedown", (event) => {
    if (event.button || !(event.target as Element).closest(".pdf-words")) return;
    const found = find(event);
    if (!found) return;
    event.preventDefault();
    (document.activeElement as HTMLElement | null)?.blur();
    const at = found.view.positionIn(found.index, found.letters);
    const selection = getSelection();
    if (event.detail > 1) return selectUnit(found, event.detail > 2);
    if (event.shiftKey && selection?.anchorNode) selection.extend(...at);
    else selection?.collapse(...at);
    anchor = [selection?.anchorNode ?? at[0], selection?.anchorOffset ?? at[1]];
  });
  addEventListener("mousemove", (event) => {
    if (!anchor) return;
    const found = find(event);
    if (found)
      getSelection()?.setBaseAndExtent(...anchor, ...found.view.positionIn(found.index, found.letters));
  });
  addEventListener("mouseup", () => {
    anchor = null;
  });
}

/** A double click takes the word, a triple one the line. */
function selectUnit({ view, index }: Found, line: boolean): void {
  const { words } = view.page;
  let [first, last] = [index, index];
  while (line && first > 0 && words[first - 1]?.tail !== "\n") first -= 1;
  while (line && last < words.length - 1 && words[last]?.tail !== "\n") last += 1;
  const letters = [...(words[last]?.text ?? "")].length;
  getSelection()?.setBaseAndExtent(...view.positionIn(first, 0), ...view.positionIn(last, letters));
}
