/** A text of the question's form, with what is not right about it. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { type Draft, update } from "./asking.ts";

type Name = "stem" | "model_answer" | "explanation";
type Props = { label: string; name: Name; draft: Draft; hint?: string; optional?: boolean };

export function Field({ label, name, draft, hint, optional }: Props) {
  const id = `question-${name}`;
  const wrong = draft.problems[name];
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label} {optional && <span class="field-optional">{t("(optional)")}</span>}
      </label>
      <textarea
        class="input question-field"
        id={id}
        value={draft[name]}
        maxLength={2000}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={`${id}-problem ${id}-hint`}
        onInput={(event) => update({ [name]: event.currentTarget.value })}
      />
      <Problem draft={draft} name={name} />
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function Problem({ draft, name }: { draft: Draft; name: string }) {
  const wrong = draft.problems[name];
  return wrong ? (
    <p class="field-error" id={`question-${name}-problem`} role="alert">
      <Icon name="circle-alert" size={18} />
      {wrong}
    </p>
  ) : null;
}
