/** What keys and pointer do in the grid: arrows move, a digit or Enter types, Delete takes back, x excuses. */
import { book, type Row, rows } from "./book.ts";
import { editing, place, stepped } from "./moving.ts";
import { commit, set } from "./ScoreCell.tsx";

export function onKey(event: KeyboardEvent): void {
  const columns = book.value?.columns ?? [];
  const { row: line, column } = place.value;
  const row = rows.value[line];
  if (!row || (event.target as HTMLElement).closest("thead")) return;
  if (editing.value !== null) {
    whileTyping(event, row, column - 1);
    return;
  }
  const to = stepped(place.value, event.key, rows.value.length, columns.length + 1, event.ctrlKey);
  if (to) {
    event.preventDefault();
    place.value = to;
  } else if (column > 0 && book.value?.mode !== "ungraded") change(event, row, column - 1);
}

function whileTyping(event: KeyboardEvent, row: Row, at: number): void {
  const column = book.value?.columns[at];
  if (event.key === "Escape") {
    event.preventDefault();
    editing.value = null;
  } else if ((event.key === "Enter" || event.key === "Tab") && column) {
    event.preventDefault();
    if (commit(row, at, column)) go(event.key === "Enter" ? "ArrowDown" : "ArrowRight");
  }
}

function go(key: string): void {
  const columns = book.value?.columns.length ?? 0;
  const to = stepped(place.value, key, rows.value.length, columns + 1);
  if (to) place.value = to;
}

function change(event: KeyboardEvent, row: Row, at: number): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const [points, state] = row.cells[at] ?? [null, "o"];
  if (/^[0-9.,]$/.test(event.key)) editing.value = event.key;
  else if (event.key === "Enter" || event.key === "F2") editing.value = String(points ?? "");
  else if (event.key === "Delete" || event.key === "Backspace") void set(row, at, { percent: null });
  else if (event.key === "x") void set(row, at, { excused: !state.startsWith("e") });
  else return;
  event.preventDefault();
}

/** A press chooses a cell, a double one types in it. */
export function onPointer(event: MouseEvent): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("td[data-place]");
  const [line, column] = (cell?.dataset.place ?? "").split(":").map(Number);
  if (line === undefined || column === undefined || editing.value !== null) return;
  place.value = { row: line, column };
  const points = rows.value[line]?.cells[column - 1]?.[0];
  if (event.type === "dblclick" && book.value?.mode !== "ungraded") editing.value = String(points ?? "");
}
