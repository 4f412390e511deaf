import { t } from "../lib/messages.ts";
import { type Book, histogram, rows, type Show, section, sections, show, words } from "./book.ts";
import { place } from "./moving.ts";

/** Search and filters; the rows that are left are counted. */
export function Tools({ book }: { book: Book }) {
  const states: [Show, string][] = [
    ["all", t("everybody")],
    ["missing", t("with something missing")],
    ["by_hand", t("with something set by hand")],
    ["not_passed", t("not passed")],
  ];
  return (
    <form class="grid-tools" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span class="field-label">{t("Find a name")}</span>
        <input
          class="input"
          type="search"
          onInput={(event) => find(() => (words.value = event.currentTarget.value))}
        />
      </label>
      {sections.value.length > 0 && (
        <label>
          <span class="field-label">{t("Section")}</span>
          <select class="input" onChange={(event) => find(() => (section.value = event.currentTarget.value))}>
            <option value="">{t("all")}</option>
            {sections.value.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span class="field-label">{t("Show")}</span>
        <select
          class="input"
          onChange={(event) => find(() => (show.value = event.currentTarget.value as Show))}
        >
          {states.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p class="grid-count" role="status">
        {t("%(shown)s of %(all)s students", { shown: rows.value.length, all: book.rows.length })}
        {!book.fresh && ` · ${t("being worked out anew")}`}
      </p>
    </form>
  );
}

function find(change: () => void): void {
  change();
  place.value = { ...place.value, row: 0 };
}

/** How the chosen column lies; without one, the course. */
export function Histogram({ book }: { book: Book }) {
  const at = place.value.column - 1;
  const column = book.columns[at];
  const bars = histogram(rows.value, column ? at : -1, column?.out_of ?? book.out_of);
  const most = Math.max(1, ...bars);
  const label = column?.title ?? t("The whole course");
  const told = bars.map((count, index) => `${index * 10}–${index * 10 + 10} %: ${count}`).join(", ");
  return (
    <figure class="bars grid-bars">
      <figcaption>{label}</figcaption>
      <svg viewBox="0 0 200 64" role="img" aria-label={`${label}: ${told}`}>
        {bars.map((count, index) => (
          <g key={`${index * 10}`}>
            <rect
              x={index * 20 + 2}
              y={50 - (40 * count) / most}
              width="16"
              height={Math.max(1, (40 * count) / most)}
              rx="2"
            />
            {count > 0 && (
              <text x={index * 20 + 10} y={47 - (40 * count) / most} text-anchor="middle">
                {count}
              </text>
            )}
          </g>
        ))}
        <text x="2" y="62">
          0 %
        </text>
        <text x="198" y="62" text-anchor="end">
          100 %
        </text>
      </svg>
    </figure>
  );
}
