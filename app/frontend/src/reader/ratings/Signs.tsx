/**
 * Signs of how an annotation came about (“arrived in one piece”): asked for only inside the annotation, shown to staff
 * and author alike, counting for nothing.
 */
import { useState } from "preact/hooks";
import { api } from "../../lib/api.ts";
import { t } from "../../lib/messages.ts";
import { teacherName } from "../page-info.ts";
import type { Annotation } from "../types.ts";
import { signsShown, tried } from "./state.ts";

type Signs = { available: boolean; shown: boolean; signs: { code: string; text: string }[] };

function useSigns(one: Annotation) {
  const [signs, setSigns] = useState<Signs | null>(null);
  const path = `/annotations/${one.id}/signs`;
  const ask = (shown?: boolean) =>
    tried(async () => {
      const request = shown === undefined ? {} : { method: "PUT" as const, body: { shown } };
      setSigns(await api<Signs>(path, request));
    });
  return { signs, ask };
}

/** For staff, in the annotation's menu. Off, until asked for with this student. */
export function StaffSigns({ one }: { one: Annotation }) {
  const { signs, ask } = useSigns(one);
  if (one.anonymous) return null;
  if (!signs)
    return (
      <button class="link-button small" type="button" onClick={() => void ask()}>
        {t("How it came about …")}
      </button>
    );
  if (!signs.available) return <p class="small soft">{t("There are no signs for this one.")}</p>;
  return (
    <div class="signs">
      {signs.shown && <List signs={signs} />}
      <label class="check small">
        <input
          type="checkbox"
          checked={signs.shown}
          onChange={(event) => void ask(event.currentTarget.checked)}
        />
        <span>
          {t("Show signs in this student's annotations")}
          <br />
          <span class="field-hint">
            {t(
              "Pasted, copied, off topic. The student sees the same. They count for nothing, and prove nothing.",
            )}
          </span>
        </span>
      </label>
    </div>
  );
}

/** For the author, once staff see them. */
export function OwnSigns({ one }: { one: Annotation }) {
  const { signs, ask } = useSigns(one);
  if (!signsShown.value || one.anonymous) return null;
  return (
    <details class="rating-line" onToggle={(event) => event.currentTarget.open && !signs && void ask()}>
      <summary class="small">
        {t("What %(teacher)s sees of how it came about", { teacher: teacherName() })}
      </summary>
      {signs && <List signs={signs} />}
      <p class="small soft">{t("It counts for nothing. Talk about it if it looks wrong to you.")}</p>
    </details>
  );
}

const List = ({ signs: { signs } }: { signs: Signs }) =>
  signs.length ? (
    <ul class="rating-reasons">
      {signs.map(({ code, text }) => (
        <li key={code}>{text}</li>
      ))}
    </ul>
  ) : (
    <p class="small">{t("Nothing stands out here.")}</p>
  );
