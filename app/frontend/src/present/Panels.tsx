/** What lies over the step: the groups, a note for oneself, the keys. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../lib/messages.ts";
import { KEYS } from "./keys.ts";
import { keepNote, notes, panel, plan, step } from "./state.ts";

export function Panels() {
  if (panel.value === "groups") return <Groups />;
  if (panel.value === "notes") return <Note />;
  if (panel.value === "keys") return <Keys />;
  return null;
}

function Groups() {
  return (
    <section class="present-panel" aria-label={t("Groups")}>
      <ol class="present-groups">
        {plan.groups.map((group) => (
          <li key={group.number}>
            <strong>{group.number}</strong>
            <span>
              {group.members.map((member) => (
                <bdi key={member.id}>{member.name}</bdi>
              ))}
            </span>
          </li>
        ))}
      </ol>
      {plan.groups.length === 0 && <p>{t("This plan has no groups yet.")}</p>}
    </section>
  );
}

function Note() {
  const field = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => field.current?.focus(), []);
  const keep = (text: string, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void keepNote(text), after);
  };
  return (
    <section class="present-panel present-note" aria-label={t("A note for yourself")}>
      <label class="field">
        <span class="field-label">
          {t("A note at this step, for after class. The class sees it, too, while it is open.")}
        </span>
        <textarea
          class="input"
          rows={4}
          maxLength={4000}
          ref={field}
          value={notes.value[step.value?.id ?? ""] ?? ""}
          onInput={(event) => keep(event.currentTarget.value, 600)}
          onBlur={(event) => keep(event.currentTarget.value, 0)}
        />
      </label>
    </section>
  );
}

function Keys() {
  return (
    <section class="present-panel" aria-label={t("Keys")}>
      <dl class="present-keys">
        {KEYS.map(({ shown, words }) => (
          <div key={shown}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{words()}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
