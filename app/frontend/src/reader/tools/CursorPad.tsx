/** “Annotate by keyboard”: choose a passage word by word or sentence by sentence, and hear it. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { act, DEED_KEYS } from "../choosing.ts";
import { chosen, cursor, endCursor, startCursor, step } from "../cursor.ts";
import { mayWrite } from "../page-info.ts";
import type { Surface } from "../surface.ts";

const MOVES: Record<string, ["word" | "sentence", -1 | 1]> = {
  ArrowRight: ["word", 1],
  ArrowLeft: ["word", -1],
  ArrowDown: ["sentence", 1],
  ArrowUp: ["sentence", -1],
};

export function CursorPad({ surface }: { surface: Surface }) {
  const pad = useRef<HTMLDivElement>(null);
  const on = cursor.value !== null;
  useEffect(() => {
    if (on) pad.current?.focus({ preventScroll: true });
  }, [on]);
  if (!mayWrite()) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const passage = chosen(surface);
    const move = MOVES[event.key];
    const deed = DEED_KEYS[event.key];
    if (move) step(surface, ...move, event.shiftKey);
    else if (deed && passage) act(surface, deed, passage);
    else if (event.key === "Escape") endCursor();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button class="cursor-start" type="button" onClick={() => startCursor(surface)}>
        {t("Annotate by keyboard")}
      </button>
      {on && (
        <div
          class="cursor-pad"
          role="application"
          tabIndex={-1}
          ref={pad}
          onKeyDown={onKeyDown}
          aria-label={t(
            "Choose words. Left and right: a word; up and down: a sentence; with shift the passage grows. Enter: comment, q: question, x: I'm lost here, h: highlight, Escape: stop.",
          )}
        >
          <p>
            <kbd>←</kbd> <kbd>→</kbd> {t("word")} · <kbd>↑</kbd> <kbd>↓</kbd> {t("sentence")} · <kbd>⇧</kbd>{" "}
            {t("grow")} · <kbd>↵</kbd> {t("Comment")} · <kbd>q</kbd> {t("Question")} · <kbd>x</kbd>{" "}
            {t("I'm lost here")} · <kbd>Esc</kbd> {t("stop")}
          </p>
        </div>
      )}
    </>
  );
}
