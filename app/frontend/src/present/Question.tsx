/** A question on the wall: open to votes from any device, then counted; before beside after. */
import { Icon } from "../lib/icon.tsx";
import { nt, t } from "../lib/messages.ts";
import type { Option, Step } from "../plans/types.ts";
import {
  countHands,
  countOf,
  type Poll,
  plan,
  pollOf,
  questionOf,
  solved,
  totalOf,
  vote,
  votingAddress,
} from "./state.ts";

export function Question({ step }: { step: Step }) {
  const before = pollOf("before");
  const after = pollOf("after");
  const newest = after ?? before;
  const asked = newest ?? questionOf(step);
  if (!asked) return null;
  const closed = [before, after].filter((poll) => poll && !poll.open) as Poll[];
  return (
    <section class="present-question" aria-label={t("Question")}>
      <p class="present-stem" dir="auto">
        {asked.stem}
      </p>
      <ol class="present-options" type="A">
        {asked.options.map((option, place) => (
          <Row key={option.id} option={option} place={place} polls={closed} newest={newest} />
        ))}
      </ol>
      {newest?.open ? <Open poll={newest} /> : <Closed newest={newest} />}
    </section>
  );
}

type RowProps = { option: Option; place: number; polls: Poll[]; newest: Poll | undefined };

function Row({ option, place, polls, newest }: RowProps) {
  const right = solved.value && Boolean(newest?.right.includes(option.id));
  return (
    <li data-right={right ? "" : undefined}>
      <span class="present-option" dir="auto">
        {option.text} {right && <Icon name="check" label={t("right")} size={28} />}
      </span>
      {!newest?.open &&
        polls.map((poll) => {
          // The option stands at the same place in both votes; a question that was rewritten has other ids.
          const here = poll.options[place];
          if (!here) return null;
          return <Bar key={poll.id} poll={poll} option={here} />;
        })}
    </li>
  );
}

function Bar({ poll, option }: { poll: Poll; option: Option }) {
  const count = countOf(poll, option.id);
  const all = totalOf(poll);
  const moment = poll.moment === "after" ? t("after") : t("before");
  return (
    <span class="present-count" data-moment={poll.moment}>
      <span class="present-moment">{moment}</span>
      <meter
        min={0}
        max={all || 1}
        value={count}
        aria-label={t("%(option)s, %(moment)s", { option: option.text, moment })}
      />
      <span>{nt("%(num)s vote", "%(num)s votes", count)}</span>
    </span>
  );
}

function Open({ poll }: { poll: Poll }) {
  return (
    <div class="present-voting">
      <p class="present-address">
        {votingAddress()} <strong class="present-code">{plan.code}</strong>
      </p>
      <p role="status">{nt("%(num)s has voted", "%(num)s have voted", poll.voted)}</p>
      <button class="button button-primary" type="button" onClick={() => void vote()}>
        {t("Close the vote")}
      </button>
    </div>
  );
}

function Closed({ newest }: { newest: Poll | undefined }) {
  return (
    <div class="present-voting">
      <button class={newest ? "button" : "button button-primary"} type="button" onClick={() => void vote()}>
        {newest ? t("Vote again") : t("Open the vote")}
      </button>
      {newest && newest.right.length > 0 && (
        <button
          class="button"
          type="button"
          aria-pressed={solved.value}
          onClick={() => {
            solved.value = !solved.value;
          }}
        >
          {t("Mark what is right")}
        </button>
      )}
      {newest && <Hands poll={newest} />}
    </div>
  );
}

function Hands({ poll }: { poll: Poll }) {
  return (
    <details class="present-hands">
      <summary class="button button-small">{t("Count hands")}</summary>
      {poll.options.map((option, place) => (
        <label key={option.id}>
          <span>{String.fromCharCode(65 + place)}</span>
          <input
            class="input input-short"
            type="number"
            min={0}
            max={5000}
            aria-label={t("Hands for %(option)s", { option: option.text })}
            value={poll.hands[option.id] ?? 0}
            onChange={(event) => void countHands(poll, option.id, event.currentTarget.valueAsNumber)}
          />
        </label>
      ))}
    </details>
  );
}
