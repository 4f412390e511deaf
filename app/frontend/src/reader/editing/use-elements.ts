/** The custom elements of an editor, and the focus when it opens. */
import { useEffect, useRef } from "preact/hooks";
import type { Part } from "./Choices.tsx";
import { type Editor as Writing, wantsFocus } from "./editors.ts";
import { completeIn } from "./mentions.ts";

/** Loads the elements for tools and completion, and puts the focus where writing begins. */
export function useElements(
  box: { current: HTMLFormElement | null },
  key: string,
  update: Part["update"],
  editor: Writing,
): void {
  const latest = useRef({ update, editor });
  latest.current = { update, editor };
  useEffect(() => {
    void import("./elements.ts");
    const expander = box.current?.querySelector<HTMLElement>("text-expander");
    return expander
      ? completeIn(expander, (person) =>
          latest.current.update({ mentions: [...new Set([...latest.current.editor.mentions, person])] }),
        )
      : undefined;
  }, [box]);
  const wanted = wantsFocus.value;
  useEffect(() => {
    if (wanted !== key) return;
    wantsFocus.value = null;
    const field = box.current?.querySelector("textarea");
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(field.value.length, field.value.length);
    box.current?.scrollIntoView({ block: "nearest" });
  }, [box, key, wanted]);
}
