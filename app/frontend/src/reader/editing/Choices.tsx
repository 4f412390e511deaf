/** What a new annotation is, and who reads it. */
import { t } from "../../lib/messages.ts";
import { audienceChoices } from "../people.ts";
import type { Editor as Writing } from "./editors.ts";

export type Part = { editor: Writing; update: (what: Partial<Writing>) => void };

export function Kind({ editor, update }: Part) {
  const kinds = [
    ["commenting", t("Comment")],
    ["questioning", t("Question")],
  ] as const;
  return (
    <fieldset class="chips" aria-label={t("What is it?")}>
      {kinds.map(([motivation, label]) => (
        <button
          class="chip"
          type="button"
          key={motivation}
          aria-pressed={editor.motivation === motivation}
          onClick={() => update({ motivation })}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

export function AudienceChoice({ editor, update }: Part) {
  const choices = audienceChoices();
  const value = editor.audience + (editor.anonymous ? "-anonymous" : "");
  return (
    <select
      class="input editor-audience"
      aria-label={t("Who reads it")}
      value={value}
      onChange={(event) => {
        const choice = choices.find((one) => one.value === event.currentTarget.value);
        if (choice) update({ audience: choice.audience, anonymous: choice.anonymous });
      }}
    >
      {choices.map((one) => (
        <option value={one.value} key={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}
