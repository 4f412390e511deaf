/** Students who asked for a second look, and the answer to each. */
import { useState } from "preact/hooks";
import { nt, t } from "../lib/messages.ts";
import { relative } from "../lib/time.ts";
import { LEVELS, nameOf } from "./levels.ts";
import { answer, busy, state } from "./state.ts";
import type { Appeal, Level } from "./types.ts";
import { Words } from "./Words.tsx";

const AT_FIRST = 3;

export function Appeals() {
  const { appeals } = state.value;
  if (!appeals.length) return null;
  return (
    <section class="section" aria-labelledby="appeals">
      <h2 id="appeals">
        {nt(
          "%(num)s student asks for a second look",
          "%(num)s students ask for a second look",
          appeals.length,
        )}
      </h2>
      {appeals.slice(0, AT_FIRST).map((one) => (
        <One appeal={one} key={one.id} />
      ))}
      {appeals.length > AT_FIRST && (
        <p class="soft section-gap">
          {nt(
            "%(num)s more waits until you have answered these.",
            "%(num)s more wait until you have answered these.",
            appeals.length - AT_FIRST,
          )}
        </p>
      )}
    </section>
  );
}

function One({ appeal }: { appeal: Appeal }) {
  const [level, setLevel] = useState<Level>(appeal.level);
  const [sentence, setSentence] = useState("");
  const [missing, setMissing] = useState(false);
  const send = (event: Event) => {
    event.preventDefault();
    if (!sentence.trim()) return setMissing(true);
    void answer(appeal.id, level, sentence);
  };
  return (
    <article class="card appeal">
      <p class="eyebrow">
        {appeal.assignment_title} · {relative(appeal.created_at)} ·{" "}
        <a href={`/assignments/${appeal.assignment_id}#annotation-${appeal.annotation_id}`}>{t("Show it")}</a>
      </p>
      <Words words={appeal.words} />
      <p class="appeal-said">
        {t("The student writes:")} <q dir="auto">{appeal.sentence}</q>
      </p>
      <p class="small">{t("It stands at: %(words)s", { words: nameOf(appeal.level) })}</p>
      {appeal.reasons.length > 0 && (
        <ul class="rating-reasons">
          {appeal.reasons.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <form class="form" onSubmit={send}>
        <fieldset class="checks">
          <legend>{t("From now on")}</legend>
          <div class="segments">
            {LEVELS.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name={`level-${appeal.id}`}
                  checked={level === one}
                  onChange={() => setLevel(one)}
                />
                {nameOf(one)}
              </label>
            ))}
          </div>
        </fieldset>
        <Sentence id={appeal.id} value={sentence} missing={missing} change={setSentence} />
        <button class="button button-primary" type="submit" disabled={busy.value}>
          {level === appeal.level ? t("Keep the rating and answer") : t("Change the rating and answer")}
        </button>
      </form>
    </article>
  );
}

type SentenceProps = { id: string; value: string; missing: boolean; change: (value: string) => void };

function Sentence({ id, value, missing, change }: SentenceProps) {
  const problem = missing && !value.trim();
  return (
    <div class="field" data-invalid={problem || undefined}>
      <label for={`answer-${id}`}>{t("Your answer, in a sentence")}</label>
      <input
        class="input"
        id={`answer-${id}`}
        type="text"
        maxLength={500}
        value={value}
        aria-invalid={problem || undefined}
        aria-describedby={problem ? `problem-${id}` : undefined}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {problem && (
        <p class="field-error" id={`problem-${id}`} role="alert">
          {t("Write one sentence; the student reads it.")}
        </p>
      )}
    </div>
  );
}
