/** How the others in class answered, where the teacher shows it. */
import { nt } from "../../lib/messages.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import type { Outcome, Question } from "./types.ts";
import { selfChecks } from "./words.ts";

type Props = { question: Question; told: Outcome };

export function Others({ question, told }: Props) {
  const others = told.others;
  if (!others) return null;
  const rows =
    question.kind === "choice"
      ? question.options.map(({ id, text_html }) => ({ id, label: <SanitisedHtml html={text_html} /> }))
      : selfChecks().map(([id, word]) => ({ id, label: <span>{word}</span> }));
  return (
    <div class="question-others">
      <p class="question-sub">
        {nt("How %(num)s person in class answered", "How %(num)s people in class answered", others.answered)}
      </p>
      <ul>
        {rows.map(({ id, label }) => {
          const count = others.counts[id] ?? 0;
          return (
            <li key={id}>
              <span class="question-others-label">{label}</span>
              <meter
                min={0}
                max={others.answered}
                value={count}
                aria-label={nt("%(num)s person", "%(num)s people", count)}
              />
              <span class="question-others-count" aria-hidden="true">
                {count}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
