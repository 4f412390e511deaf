/** Everybody's answers to one question, for staff. */
import { signal } from "@preact/signals";
import { ApiError, api } from "../../lib/api.ts";
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { toast } from "../../lib/toast.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { roster } from "../state.ts";
import { Dialog } from "./Dialog.tsx";
import type { Answer, Question } from "./types.ts";
import { confidences, selfChecks, tallyWords, wordOf } from "./words.ts";

const shown = signal<{ question: Question; answers: Answer[] } | null>(null);
type Page = { items: Answer[]; next: string | null };

export async function showAnswers(question: Question): Promise<void> {
  const answers: Answer[] = [];
  try {
    for (let cursor: string | null = ""; cursor !== null; ) {
      const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = await api<Page>(`/questions/${question.id}/answers?limit=200${more}`);
      answers.push(...page.items);
      cursor = page.next;
    }
    shown.value = { question, answers };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, { tone: "danger" });
  }
}

export function AnswersDialog() {
  if (!shown.value) return null;
  const { question, answers } = shown.value;
  return (
    <Dialog
      title={t("Answers")}
      close={() => {
        shown.value = null;
      }}
    >
      <SanitisedHtml class="question-stem" html={question.stem_html} />
      <p class="soft">{tallyWords(question.tally)}</p>
      {groupsOf(question, answers).map(({ id, label, right, members }) => (
        <details class="question-group" key={id} open={members.length > 0 && members.length <= 5}>
          <summary>
            <span class="question-group-label">{label}</span>
            {right && (
              <span class="chip" data-tone="solved">
                <Icon name="check" size={16} />
                {t("right")}
              </span>
            )}
            <span class="soft">{nt("%(num)s answer", "%(num)s answers", members.length)}</span>
          </summary>
          <ul class="list">
            {members.map((one) => (
              <Row question={question} one={one} key={one.id} />
            ))}
          </ul>
        </details>
      ))}
    </Dialog>
  );
}

/** By option for a choice, by one's own judgement for a short text. */
function groupsOf(question: Question, answers: Answer[]) {
  if (question.kind === "choice")
    return question.options.map(({ id, text_html }) => ({
      id,
      label: <SanitisedHtml html={text_html} />,
      right: question.key?.correct.includes(id) ?? false,
      members: answers.filter((one) => one.value === id),
    }));
  const judged = selfChecks().map(([id, word]) => ({
    id: id as string,
    label: <span>{word}</span>,
    right: false,
    members: answers.filter((one) => one.self_check === id),
  }));
  const open = answers.filter((one) => !one.self_check);
  return [
    ...judged,
    { id: "open", label: <span>{t("Not compared yet")}</span>, right: false, members: open },
  ];
}

function Row({ question, one }: { question: Question; one: Answer }) {
  const name = roster.value.get(one.account_id)?.name ?? t("Somebody who left");
  const facts = [
    wordOf(confidences(), one.confidence).toLowerCase(),
    question.attempts > 1 && t("try %(number)s", { number: one.attempt }),
  ];
  return (
    <li>
      <strong>{name}</strong> <span class="soft small">{facts.filter(Boolean).join(" · ")}</span>
      {question.kind === "short_text" && <p class="plain">{one.value}</p>}
    </li>
  );
}
