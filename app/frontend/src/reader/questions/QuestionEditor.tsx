/** The form for a question, beside its passage. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { beside } from "../layout.ts";
import { asking, close, type Draft, save, update } from "./asking.ts";
import { Field, Problem } from "./Field.tsx";
import { OptionFields } from "./OptionFields.tsx";

export function QuestionEditor() {
  const draft = asking.value;
  const form = useRef<HTMLFormElement>(null);
  const id = draft?.key;
  // Each draft takes the focus once.
  useEffect(() => {
    form.current?.querySelector("textarea")?.focus({ preventScroll: true });
    // Beside the text the form stands at its passage, which is on screen; in the sheet it may not be.
    if (!beside.value) form.current?.scrollIntoView({ block: "nearest" });
  }, [draft?.id, !draft]);
  const wrong = Object.keys(draft?.problems ?? {}).join();
  useEffect(() => {
    if (wrong) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  if (!draft || !id) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
    if (event.key === "Escape") close();
  };
  return (
    <form
      class="editor question-editor"
      ref={form}
      aria-label={draft.id ? t("Change the question") : t("A question for the class")}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={onKeyDown}
    >
      {draft.quote && (
        <blockquote class="thread-quote" title={draft.quote}>
          <q>{draft.quote}</q>
        </blockquote>
      )}
      {!draft.id && <KindChoice draft={draft} />}
      <Field
        label={t("Question")}
        name="stem"
        draft={draft}
        hint={t("Markdown and formulas between $ signs work here.")}
      />
      {draft.kind === "choice" ? (
        <OptionFields draft={draft} />
      ) : (
        <Field
          label={t("A good answer")}
          name="model_answer"
          draft={draft}
          hint={t("Students see it after they have answered, and say how theirs compares.")}
        />
      )}
      <Field label={t("Explanation, shown after the answer")} name="explanation" draft={draft} optional />
      <Settings draft={draft} />
      <Problem draft={draft} name="" />
      <div class="editor-buttons">
        <button class="button button-small" type="button" onClick={close}>
          {t("Cancel")}
        </button>
        <button class="button button-primary button-small" type="submit" disabled={draft.saving}>
          <Icon name="check" size={18} /> {draft.id ? t("Save") : t("Put it here")}
        </button>
      </div>
    </form>
  );
}

function KindChoice({ draft }: { draft: Draft }) {
  const kinds = [
    ["choice", t("Choice")],
    ["short_text", t("Short text")],
  ] as const;
  return (
    <div class="segments" role="radiogroup" aria-label={t("Kind of question")}>
      {kinds.map(([kind, word]) => (
        <label key={kind}>
          <input
            type="radio"
            name="question-kind"
            checked={draft.kind === kind}
            onChange={() => update({ kind, problems: {} })}
          />
          {word}
        </label>
      ))}
    </div>
  );
}

function Settings({ draft }: { draft: Draft }) {
  return (
    <div class="question-settings">
      <label class="check">
        <input
          type="checkbox"
          checked={draft.required}
          onChange={(event) => update({ required: event.currentTarget.checked })}
        />
        <span>{t("Everybody has to answer it")}</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.show_others}
          onChange={(event) => update({ show_others: event.currentTarget.checked })}
        />
        <span>{t("Then show how the others answered")}</span>
      </label>
      {draft.kind === "choice" && (
        <label class="question-attempts">
          {t("Tries")}
          <select
            class="input"
            value={draft.attempts}
            onChange={(event) => update({ attempts: Number(event.currentTarget.value) })}
          >
            {[1, 2, 3, 4, 5].map((count) => (
              <option value={count} key={count}>
                {count}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
