/** Where one writes: a new annotation, a reply, or a change. It keeps its text for ever. */
import { useRef } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { annotations, threadOf } from "../state.ts";
import { cardOf } from "../threads/activate.ts";
import type { Annotation } from "../types.ts";
import { AudienceChoice, Kind } from "./Choices.tsx";
import { change, inSlot, type Editor as Writing, write } from "./editors.ts";
import { keep, keepOnServer } from "./keeping.ts";
import { Preview } from "./Preview.tsx";
import { putAway } from "./putting-away.ts";
import { StateLine } from "./StateLine.tsx";
import { send } from "./sending.ts";
import { Toolbar } from "./Toolbar.tsx";
import { useElements } from "./use-elements.ts";

const LONGEST = 10_000;
/** A pause longer than this is thinking, or lunch; it is not typing. */
const PAUSE_MS = 5000;

/** The editor of a slot; it alone is drawn anew at each key press. */
export function EditorIn({ slot }: { slot: string }) {
  const editor = inSlot(slot);
  return editor ? <Editor editor={editor} /> : null;
}

function Editor({ editor }: { editor: Writing }) {
  const box = useRef<HTMLFormElement>(null);
  const id = `editor-${editor.slot}`;
  const lastKey = useRef(0);
  const update = (what: Partial<Writing>) => void keep(write(editor.key, what));
  useElements(box, editor.key, update, editor);

  const typed = (field: HTMLTextAreaElement) => {
    const now = Date.now();
    const gap = now - lastKey.current;
    lastKey.current = now;
    update({ body: field.value, typing_seconds: editor.typing_seconds + (gap < PAUSE_MS ? gap / 1000 : 0) });
  };
  const post = (event?: Event) => {
    event?.preventDefault();
    if (editor.body.trim() && !editor.sending) void send(editor.key).then(goToPosted);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) post(event);
    else if (event.key === "Escape" && !event.defaultPrevented) putAway(editor);
    event.stopPropagation();
  };
  return (
    <form
      class="editor"
      ref={box}
      data-editor={editor.key}
      onSubmit={post}
      onKeyDown={onKeyDown}
      aria-label={titleOf(editor)}
    >
      {editor.quote && (
        <blockquote class="thread-quote" title={editor.quote}>
          <q>{editor.quote}</q>
        </blockquote>
      )}
      {!editor.parent_id && !isReply(editor) && <Kind editor={editor} update={update} />}
      <Toolbar field={id} />
      <text-expander keys="@ #">
        <textarea
          class="input editor-text"
          id={id}
          aria-label={titleOf(editor)}
          maxLength={LONGEST}
          rows={3}
          dir="auto"
          placeholder={placeholderOf(editor)}
          value={editor.body}
          readOnly={editor.sending}
          onInput={(event) => typed(event.currentTarget)}
          onPaste={(event) =>
            change(editor.key, { pasted: editor.pasted + (event.clipboardData?.getData("text").length ?? 0) })
          }
          onBlur={() => editor.kept !== "server" && editor.body.trim() && void keepOnServer()}
        />
      </text-expander>
      <div class="editor-foot">
        {!editor.parent_id && !editor.annotation_id && <AudienceChoice editor={editor} update={update} />}
        <span class="editor-buttons">
          <button class="button button-quiet button-small" type="button" onClick={() => putAway(editor)}>
            {editor.body.trim() ? t("Put away") : t("Cancel")}
          </button>
          <button
            class="button button-primary button-small"
            type="submit"
            disabled={!editor.body.trim()}
            aria-busy={editor.sending}
            title={t("Ctrl or ⌘ + Enter")}
          >
            {editor.annotation_id ? t("Save") : t("Post")}
          </button>
        </span>
      </div>
      <StateLine editor={editor} />
      <Preview body={editor.body} />
    </form>
  );
}

/** The focus was in the editor, which is gone: it goes on to what was posted. */
function goToPosted(posted: Annotation | null): void {
  if (!posted) return;
  requestAnimationFrame(() => {
    const focused = document.activeElement;
    if (focused === document.body || focused?.closest(".editor"))
      cardOf(threadOf(posted))?.focus({ preventScroll: true });
  });
}

const isReply = (editor: Writing): boolean =>
  Boolean(annotations.value.get(editor.annotation_id ?? "")?.parent_id);

const titleOf = ({ annotation_id, parent_id, motivation }: Writing): string => {
  if (annotation_id) return t("Change what you wrote");
  if (parent_id) return t("Your reply");
  return motivation === "questioning" ? t("Your question") : t("Your comment");
};

const placeholderOf = ({ parent_id, motivation }: Writing): string => {
  if (parent_id) return t("Answer, or ask back…");
  return motivation === "questioning" ? t("What is not clear to you here?") : t("What do you think here?");
};
