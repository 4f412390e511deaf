/** The options of a choice: which is right, and what to say to those who choose it. No dragging: arrows move them. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { type Draft, emptyOption, type OptionDraft, update } from "./asking.ts";
import { Problem } from "./Field.tsx";

const MOST = 8;

export function OptionFields({ draft }: { draft: Draft }) {
  const set = (key: string, part: Partial<OptionDraft>) =>
    update({ options: draft.options.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <fieldset
      class="question-option-fields"
      aria-describedby={draft.problems.options ? "question-options-problem" : undefined}
    >
      <legend class="field-label">{t("Options")}</legend>
      {draft.options.map((option, index) => (
        <OptionRow
          option={option}
          number={index + 1}
          draft={draft}
          set={(part) => set(option.key, part)}
          key={option.key}
        />
      ))}
      <Problem draft={draft} name="options" />
      {draft.options.length < MOST && (
        <button
          class="button button-quiet button-small"
          type="button"
          onClick={() => update({ options: [...draft.options, emptyOption()] })}
        >
          <Icon name="plus" size={18} /> {t("One more option")}
        </button>
      )}
    </fieldset>
  );
}

type RowProps = {
  option: OptionDraft;
  number: number;
  draft: Draft;
  set: (part: Partial<OptionDraft>) => void;
};

function OptionRow({ option, number, draft, set }: RowProps) {
  const named = (words: string) => t("%(words)s, option %(number)s", { words, number });
  const wrong = draft.problems.options && !option.text.trim();
  return (
    <div class="question-option-row">
      <div class="question-option-line">
        <label class="question-right" title={t("right")}>
          <input
            type="checkbox"
            checked={option.correct}
            aria-label={named(t("Right"))}
            onChange={(event) => set({ correct: event.currentTarget.checked })}
          />
        </label>
        <input
          class="input"
          type="text"
          value={option.text}
          maxLength={2000}
          aria-label={t("Option %(number)s", { number })}
          placeholder={t("Option %(number)s", { number })}
          aria-invalid={wrong ? "true" : undefined}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
        <Tool
          name="arrow-up"
          words={named(t("Move up"))}
          run={() => move(draft, number - 1, -1)}
          off={number === 1}
        />
        <Tool
          name="x"
          words={named(t("Remove"))}
          run={() => update({ options: draft.options.filter((one) => one !== option) })}
          off={draft.options.length <= 2}
        />
      </div>
      <input
        class="input question-option-feedback"
        type="text"
        value={option.feedback}
        maxLength={2000}
        aria-label={named(t("What to say"))}
        placeholder={t("What to say to those who choose it (optional)")}
        onInput={(event) => set({ feedback: event.currentTarget.value })}
      />
    </div>
  );
}

function Tool({
  name,
  words,
  run,
  off,
}: {
  name: "arrow-up" | "x";
  words: string;
  run: () => void;
  off: boolean;
}) {
  const icon = name === "x" ? <Icon name="x" size={16} /> : <Icon name="arrow-up" size={16} />;
  return (
    <button class="tool" type="button" aria-label={words} title={words} disabled={off} onClick={run}>
      {icon}
    </button>
  );
}

function move(draft: Draft, from: number, step: -1): void {
  const options = [...draft.options];
  const [one] = options.splice(from, 1);
  if (one) options.splice(from + step, 0, one);
  update({ options });
}
