/** Where people and machine differ, with the words, and what fitting would make of it. */
import { nt, t } from "../lib/messages.ts";
import { nameOf } from "./levels.ts";
import type { Difference } from "./types.ts";
import { Words } from "./Words.tsx";

const AT_FIRST = 4;

export function Differences({ differences }: { differences: Difference[] }) {
  if (!differences.length) return null;
  const [first, rest] = [differences.slice(0, AT_FIRST), differences.slice(AT_FIRST)];
  return (
    <section class="section" aria-labelledby="differ">
      <h2 id="differ">{t("Where you differ")}</h2>
      <List of={first} />
      {rest.length > 0 && (
        <details class="section-gap">
          <summary>{nt("%(num)s more", "%(num)s more", rest.length)}</summary>
          <List of={rest} />
        </details>
      )}
    </section>
  );
}

const List = ({ of }: { of: Difference[] }) => (
  <ul class="differences">
    {of.map((one) => (
      <li class="card" key={one.words.body_html + one.words.quote}>
        <Words words={one.words} short />
        <dl class="difference-levels">
          <div>
            <dt>{t("People")}</dt>
            <dd>{nameOf(one.people)}</dd>
          </div>
          <div>
            <dt>{t("Machine")}</dt>
            <dd>{nameOf(one.machine)}</dd>
          </div>
          <div data-same={one.adapted === one.people || undefined}>
            <dt>{t("Fitted")}</dt>
            <dd>{nameOf(one.adapted)}</dd>
          </div>
        </dl>
      </li>
    ))}
  </ul>
);
