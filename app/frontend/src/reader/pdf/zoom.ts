/** Keeps what is read in its place while the pages change their size. */
import type { PageView } from "./page.ts";

export function keepPlace(views: readonly PageView[], change: () => void): void {
  const middle = innerHeight / 2;
  const view = views.find(({ element }) => element.getBoundingClientRect().bottom > middle) ?? views[0];
  const share = view?.onPage(0, middle)[1] ?? 0;
  change();
  if (!view) return;
  const box = view.element.getBoundingClientRect();
  scrollTo({ top: scrollY + box.top + (share / 100) * box.height - middle });
}
