/** Where the grid's one focus is, and where a key takes it. Pure, apart from the signals. */
import { signal } from "@preact/signals";

export type Place = { row: number; column: number };

/** Column 0 is the name; then the assignments. */
export const place = signal<Place>({ row: 0, column: 1 });
/** What is being typed into the place, null while nothing is. */
export const editing = signal<string | null>(null);

const STEPS: Record<string, Place> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  PageUp: { row: -12, column: 0 },
  PageDown: { row: 12, column: 0 },
};

/** The place that a key leads to, null where the key is no step. */
export function stepped(from: Place, key: string, rows: number, columns: number, far = false): Place | null {
  if (key === "Home") return { row: far ? 0 : from.row, column: 0 };
  if (key === "End") return { row: far ? rows - 1 : from.row, column: columns - 1 };
  const step = STEPS[key];
  if (!step) return null;
  return {
    row: Math.min(rows - 1, Math.max(0, from.row + step.row)),
    column: Math.min(columns - 1, Math.max(0, from.column + step.column)),
  };
}
