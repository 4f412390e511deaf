/** In the header: when it is due, how far one has read, and what is still expected. */
import { nt, t } from "../../lib/messages.ts";
import { absolute } from "../../lib/time.ts";
import { ago } from "../clock.ts";
import { info } from "../page-info.ts";
import { readShare } from "../reading.ts";
import { ownProgress } from "../state.ts";

/** How far one has come with the material. */
function wordsForShare(): string {
  const part = Math.round(readShare.value * 100);
  return wordsFor(info.document.medium, part).replace("%%", "%");
}

function wordsFor(medium: string, part: number): string {
  if (medium === "video") return t("%(part)s %% watched", { part });
  return medium === "audio" ? t("%(part)s %% heard", { part }) : t("%(part)s %% read", { part });
}

export function Status() {
  const { due_at, expected_annotations, expected_questions } = info.assignment;
  const { annotations, questions } = ownProgress.value;
  const parts = [
    due_at && (
      <time dateTime={due_at} title={ago(due_at)} key="due">
        {t("due %(time)s", { time: absolute(due_at, info.course.timezone) })}
      </time>
    ),
    !info.viewer.staff && <span key="read">{wordsForShare()}</span>,
    !info.viewer.staff && expected_annotations > 0 && (
      <span key="annotations">
        {nt("%(done)s of %(num)s annotation", "%(done)s of %(num)s annotations", expected_annotations, {
          done: Math.min(annotations, expected_annotations),
        })}
      </span>
    ),
    !info.viewer.staff && expected_questions > 0 && (
      <span key="questions">
        {nt("%(done)s of %(num)s question", "%(done)s of %(num)s questions", expected_questions, {
          done: Math.min(questions, expected_questions),
        })}
      </span>
    ),
  ].filter(Boolean);
  return <p class="reader-status">{parts.flatMap((part, index) => (index ? [" · ", part] : [part]))}</p>;
}
