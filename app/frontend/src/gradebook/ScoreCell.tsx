import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";
import { type Column, give, type Row, typedPoints } from "./book.ts";
import { editing } from "./moving.ts";

type Props = { row: Row; column: Column; at: number; line: number; active: boolean };

/** What a cell says, for the eye and for a screen reader alike. */
function said([points, state]: Row["cells"][number]): string {
  if (state.startsWith("e")) return t("excused");
  if (points !== null) return String(points);
  return state.startsWith("m") ? t("missing") : "–";
}

/** Keeps what was typed, without waiting for the server; false, and said so, where it is no number of points. */
export function commit(row: Row, at: number, column: Column): boolean {
  const points = typedPoints(editing.value ?? "", column.out_of);
  if (points === undefined) {
    toast(
      t("Write points from 0 to %(most)s, or nothing to go back to what was worked out.", {
        most: column.out_of,
      }),
      {
        tone: "danger",
      },
    );
    return false;
  }
  editing.value = null;
  void set(row, at, points === null ? { percent: null } : { points });
  return true;
}

export async function set(row: Row, at: number, given: Parameters<typeof give>[2]): Promise<void> {
  try {
    await give(row, at, given);
  } catch (error) {
    const why = error instanceof Error ? error.message : t("This did not work.");
    toast(`${row.name}: ${why}`, { tone: "danger" }); // by now the teacher may be in another row
  }
}

/** One student in one assignment: read with the arrow keys, changed by typing. */
export function ScoreCell({ row, column, at, line, active }: Props) {
  const cell = row.cells[at] ?? [null, "o"];
  const typed = active ? editing.value : null;
  const byHand = cell[1].endsWith("h");
  return (
    <td
      class="grid-cell"
      data-state={cell[1]}
      data-place={`${line}:${at + 1}`}
      aria-colindex={at + 2}
      tabIndex={active && typed === null ? 0 : -1}
      title={byHand ? t("Set by hand") : undefined}
    >
      {typed === null ? (
        <>
          {said(cell)}
          {byHand && <span class="visually-hidden">, {t("set by hand")}</span>}
        </>
      ) : (
        <input
          class="grid-input"
          inputMode="decimal"
          value={typed}
          aria-label={t("Points of %(name)s in %(title)s, of %(most)s", {
            name: row.name,
            title: column.title,
            most: column.out_of,
          })}
          ref={(input) => {
            if (input && document.activeElement !== input) input.focus();
          }}
          onInput={(event) => {
            editing.value = event.currentTarget.value;
          }}
          onBlur={() => {
            if (editing.value !== null) commit(row, at, column);
          }}
        />
      )}
    </td>
  );
}
