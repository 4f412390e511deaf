/** Closing an editor never loses words: they become a draft in the list; throwing a draft away can be undone. */
import { t } from "../../lib/messages.ts";
import { toast } from "../../lib/toast.ts";
import { activate, cardOf } from "../threads/activate.ts";
import { change, type Editor, forget, put, wantsFocus } from "./editors.ts";
import { keep, letGo } from "./keeping.ts";

export function putAway(editor: Editor): void {
  const thread = editor.parent_id ?? editor.annotation_id;
  if (editor.body.trim()) change(editor.key, { open: false });
  else forget(editor.key);
  void (editor.body.trim() ? keep(editor.key) : letGo(editor.key));
  // The focus was in the editor: it goes back to the thread, or to the text.
  requestAnimationFrame(() =>
    (thread && cardOf(thread) ? cardOf(thread) : document.getElementById("main"))?.focus({
      preventScroll: true,
    }),
  );
}

export function throwAway(editor: Editor): void {
  forget(editor.key);
  void letGo(editor.key);
  toast(t("Draft deleted."), {
    action: {
      label: t("Undo"),
      run: () => {
        put(editor);
        void keep(editor.key);
      },
    },
  });
}

/** Opens a draft again where it belongs. */
export function takeUp(editor: Editor): void {
  change(editor.key, { open: true });
  const thread = editor.parent_id ?? editor.annotation_id;
  if (thread) activate(thread, { scroll: true });
  wantsFocus.value = editor.key;
}
