/** “How my annotations are read” for students; for staff how the class's are, and whether students see it. */
import { signal } from "@preact/signals";
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import { Dialog } from "../questions/Dialog.tsx";
import { OwnRatings } from "./OwnRatings.tsx";
import { ratings, release, released } from "./state.ts";

const open = signal(false);

export function RatingsButton() {
  const { staff, role, previewing } = info.viewer;
  if (!staff && (role !== "student" || previewing || !released.value || !ratings.value.size)) return null;
  if (staff && !ratings.value.size) return null;
  const words = staff ? t("Ratings") : t("How my annotations are read");
  return (
    <button
      class="chip"
      type="button"
      aria-haspopup="dialog"
      onClick={() => {
        open.value = true;
      }}
    >
      <Icon name="sparkles" size={16} /> {words}
    </button>
  );
}

export function RatingsDialog() {
  if (!open.value) return null;
  const close = () => {
    open.value = false;
  };
  const { staff } = info.viewer;
  return (
    <Dialog title={staff ? t("How annotations are read") : t("How my annotations are read")} close={close}>
      <p class="soft">
        {t(
          "A machine reads each annotation for one thing: does it show thinking about the text? Grammar, spelling and length do not count.",
        )}
      </p>
      {staff ? <ForStaff /> : <OwnRatings close={close} />}
    </Dialog>
  );
}

function ForStaff() {
  const counts = new Map<string, { text: string; count: number }>();
  for (const { wording, text } of ratings.value.values())
    counts.set(wording, { text, count: (counts.get(wording)?.count ?? 0) + 1 });
  return (
    <>
      <ul class="list">
        {["thoughtful", "shows_reading", "not_yet", "read_by_teacher", "pending"].map((wording) => {
          const found = counts.get(wording);
          return (
            found && (
              <li key={wording}>
                {nt("%(num)s annotation: %(words)s", "%(num)s annotations: %(words)s", found.count, {
                  words: found.text,
                })}
              </li>
            )
          );
        })}
      </ul>
      <p class="soft small">{t("The reasons, and your own say, are in the menu of each annotation.")}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={released.value}
          onChange={(event) => void release(event.currentTarget.checked)}
        />
        <span>
          {t("Students see how their annotations are read")}
          <br />
          <span class="field-hint">{t("In words, with what would raise it. Never as a number.")}</span>
        </span>
      </label>
    </>
  );
}
