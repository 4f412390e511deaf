/** How well people and machine agree, before and after adapting, in words, a number and a table. */
import { locale, nt, t } from "../lib/messages.ts";
import { LEVELS, nameOf } from "./levels.ts";
import type { Agreement, Comparison } from "./types.ts";

export function Figures({ figures }: { figures: NonNullable<Comparison["figures"]> }) {
  return (
    <section class="section" aria-labelledby="agree">
      <h2 id="agree">{t("How well you agree")}</h2>
      <p class="soft">
        {t(
          "1 means always the same level, 0 no more often than by chance; a difference of two levels counts four times. Two people usually reach 0.7 to 0.8.",
        )}
      </p>
      <div class="agreements">
        <One title={t("People and the machine as it is")} of={figures.before} />
        <One title={t("People and the machine, fitted")} of={figures.after} />
        {figures.people ? (
          <One title={t("People among themselves")} of={figures.people} people />
        ) : (
          <div class="card soft">
            <h3 class="card-title">{t("People among themselves")}</h3>
            <p>
              {t(
                "Only one person has rated so far. When an assistant rates the same annotations here, you see how well people agree: the machine cannot do better than that.",
              )}
            </p>
          </div>
        )}
      </div>
      {!helps(figures) && (
        <p class="notice">
          {t("Fitting would hardly make it agree better here. Leave it as it is, or rate some more.")}
        </p>
      )}
      <p class="soft small">
        {t(
          "Each annotation is judged by a fitting that has not seen how people rated it, so the second figure is fair.",
        )}
      </p>
    </section>
  );
}

const WORTH_IT = 0.02;

const helps = ({ before, after }: NonNullable<Comparison["figures"]>): boolean =>
  (after.kappa ?? 0) > (before.kappa ?? 0) + WORTH_IT;

function One({ title, of, people = false }: { title: string; of: Agreement; people?: boolean }) {
  return (
    <div class="card agreement">
      <h3 class="card-title">{title}</h3>
      <p class="agreement-kappa">
        <strong>{number(of.kappa)}</strong> <span class="soft">{interval(of)}</span>
      </p>
      <Scale of={of} />
      <p class="small">
        {nt(
          "%(same)s of %(num)s annotation at the same level",
          "%(same)s of %(num)s annotations at the same level",
          of.pairs,
          { same: Math.round(of.same * of.pairs) },
        )}
      </p>
      <Table of={of} people={people} />
    </div>
  );
}

const number = (value: number | null): string =>
  value === null
    ? t("not enough to say yet")
    : value.toLocaleString(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const interval = ({ low, high }: Agreement): string =>
  low === null || high === null
    ? ""
    : t("between %(low)s and %(high)s", { low: number(low), high: number(high) });

/** The interval on a line from 0 to 1; what two people reach is shaded. */
function Scale({ of: { kappa, low, high } }: { of: Agreement }) {
  if (kappa === null) return null;
  const x = (value: number): number => 100 * Math.min(1, Math.max(0, value));
  return (
    <svg class="agreement-scale" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="agreement-people" x="70" y="0" width="10" height="10" />
      <line class="agreement-line" x1="0" x2="100" y1="5" y2="5" />
      <rect
        class="agreement-range"
        x={x(low ?? kappa)}
        y="3"
        width={Math.max(0.5, x(high ?? kappa) - x(low ?? kappa))}
        height="4"
      />
      <rect class="agreement-point" x={x(kappa) - 0.75} y="0.5" width="1.5" height="9" />
    </svg>
  );
}

/** What one gave against what the other gave; the same level on the diagonal. */
function Table({ of: { table }, people }: { of: Agreement; people: boolean }) {
  return (
    <table class="confusion-table">
      <caption class="visually-hidden">
        {people ? t("One person in rows, the other in columns") : t("People in rows, the machine in columns")}
      </caption>
      <thead>
        <tr>
          <td>{people ? t("one \\ other") : t("people \\ machine")}</td>
          {LEVELS.map((level) => (
            <th scope="col" key={level} title={nameOf(level)}>
              <span aria-hidden="true">{level}</span>
              <span class="visually-hidden">{nameOf(level)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LEVELS.map((row) => (
          <tr key={row}>
            <th scope="row">
              {row} <span class="soft">{nameOf(row)}</span>
            </th>
            {LEVELS.map((column) => (
              <td
                key={column}
                data-same={row === column || undefined}
                data-some={table[row]?.[column] ? "" : undefined}
              >
                {table[row]?.[column] ?? 0}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
