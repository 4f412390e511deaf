/** The gradebook as the server gives it, what is shown of it, and what is changed in it. */
import { computed, signal } from "@preact/signals";
import { api } from "../lib/api.ts";

/** Points (null: none), and a state: scored, excused, missing or open by its first letter, with “h” behind it when set by hand. */
export type Cell = [points: number | null, state: string];
export type Column = {
  id: string;
  title: string;
  due_at: string | null;
  out_of: number;
  step: number;
  released: boolean;
};
export type Row = {
  id: string;
  name: string;
  section: string;
  total: number | null;
  passed: boolean | null;
  cells: Cell[];
};
export type Book = {
  mode: "automatic" | "manual" | "ungraded";
  fresh: boolean;
  out_of: number;
  columns: Column[];
  rows: Row[];
};
export type Show = "all" | "missing" | "by_hand" | "not_passed";

export const book = signal<Book | null>(null);
export const words = signal("");
export const section = signal("");
export const show = signal<Show>("all");

let course = "";
let again: ReturnType<typeof setTimeout> | undefined;

export async function open(courseId: string): Promise<void> {
  course = courseId;
  await load();
}

async function load(): Promise<void> {
  const found = await api<Book>(`/courses/${course}/gradebook`);
  book.value = found;
  // While the worker works, look again; a quiet class is not asked about.
  if (!found.fresh) loadSoon(3000);
}

export function loadSoon(after: number): void {
  clearTimeout(again);
  again = setTimeout(() => void load().catch(() => loadSoon(10_000)), after);
}

const SHOWN: Record<Show, (row: Row) => boolean> = {
  all: () => true,
  missing: (row) => row.cells.some(([, state]) => state.startsWith("m")),
  by_hand: (row) => row.cells.some(([, state]) => state.endsWith("h")),
  not_passed: (row) => row.passed === false,
};

export const rows = computed<Row[]>(() => {
  const wanted = words.value.trim().toLocaleLowerCase();
  return (book.value?.rows ?? []).filter(
    (row) =>
      row.name.toLocaleLowerCase().includes(wanted) &&
      (!section.value || row.section === section.value) &&
      SHOWN[show.value](row),
  );
});

export const sections = computed<string[]>(() =>
  [...new Set((book.value?.rows ?? []).map((row) => row.section))].filter(Boolean).sort(),
);

/** What somebody typed as points: a number, null to take back what was given, undefined where it is neither. */
export function typedPoints(text: string, outOf: number): number | null | undefined {
  const plain = text.trim().replace(",", ".");
  if (!plain) return null;
  const number = Number(plain);
  return Number.isFinite(number) && number >= 0 && number <= outOf ? number : undefined;
}

type Given = { points: number } | { percent: null } | { excused: boolean };
type Answer = { points: number | null; by_hand: boolean; excused: boolean };

/** Sets something by hand; what is shown follows the server's answer, and the totals soon after. */
export async function give(row: Row, at: number, given: Given): Promise<void> {
  const column = book.value?.columns[at];
  if (!column) return;
  const answer = await api<Answer>(`/assignments/${column.id}/scores/${row.id}`, {
    method: "PATCH",
    body: given,
  });
  const old = row.cells[at]?.[1] ?? "o";
  const state = answer.excused ? "e" : answer.points === null ? old.replace(/^[es]|h$/g, "") || "m" : "s";
  replace(row.id, at, [answer.points, state + (answer.by_hand ? "h" : "")]);
  loadSoon(1500);
}

function replace(id: string, at: number, cell: Cell): void {
  if (!book.value) return;
  const changed = (row: Row): Row =>
    row.id === id ? { ...row, cells: row.cells.map((old, index) => (index === at ? cell : old)) } : row;
  book.value = { ...book.value, rows: book.value.rows.map(changed) };
}

/** How many of the shown rows lie in each tenth of full credit; `at` -1 is the course's total. */
export function histogram(found: readonly Row[], at: number, outOf: number): number[] {
  const bars = new Array<number>(10).fill(0);
  for (const row of found) {
    const points = at < 0 ? row.total : (row.cells[at]?.[0] ?? null);
    if (points === null) continue;
    const bar = Math.min(9, Math.floor((points / outOf) * 10 + 1e-9));
    bars[bar] = (bars[bar] ?? 0) + 1;
  }
  return bars;
}
