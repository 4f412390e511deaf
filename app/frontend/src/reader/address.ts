/** The page's address leads to a thread or a place. */
import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";
import { raiseSheet } from "./layout.ts";
import type { Surface } from "./surface.ts";
import { activate } from "./threads/activate.ts";
import { threads } from "./threads/model.ts";

/** `#annotation-ID` and `#at-OFFSET` lead to a thread or a place: links from the report and from notices. */
export function openFromAddress(surface: Surface): void {
  const [, kind, value] = /^#(annotation|at)-([\w.-]+)$/.exec(location.hash) ?? [];
  if (kind === "at") surface.scrollTo({ start: Number(value), end: Number(value) + 1 }, "start");
  if (kind !== "annotation" || !value) return;
  const thread = threads.value.find(
    ({ head, replies }) => head.id === value || replies.some(({ id }) => id === value),
  );
  if (!thread) {
    toast(t("This annotation is not here any more."));
    return;
  }
  raiseSheet();
  activate(thread.id, { scroll: true, focus: true });
}
