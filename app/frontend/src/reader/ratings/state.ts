/** How annotations were rated: all of them for staff, one's own for a student once they are released. */
import { signal } from "@preact/signals";
import { ApiError, api } from "../../lib/api.ts";
import type { RatingOut } from "../../lib/api-types.ts";
import { t } from "../../lib/messages.ts";
import { toast } from "../../lib/toast.ts";
import { onChange } from "../live/envelope.ts";
import { info, own } from "../page-info.ts";

export type Level = 0 | 1 | 2;
export type Appeal = NonNullable<RatingOut["appeal"]>;
export type Rating = Omit<RatingOut, "marks"> & {
  /** Words that mattered, as code points of the annotation's Markdown. */
  marks: [number, number][];
  /** For staff only. */
  level?: Level | null;
  by_teacher?: boolean;
};
export type Reason = Rating["reasons"][number];

export const ratings = signal<ReadonlyMap<string, Rating>>(new Map());
export const released = signal(false);
/** Staff see signs inside the viewer's own annotations, and so does the viewer. */
export const signsShown = signal(false);

const reads = (): boolean => info.viewer.staff || (info.viewer.role === "student" && !info.viewer.previewing);
const NOW_AND_THEN_MS = 1500;

export async function loadRatings(): Promise<void> {
  if (!reads()) return;
  const found = await api<{ released: boolean; signs_shown: boolean; items: Rating[] }>(own("/scores"));
  released.value = found.released;
  signsShown.value = found.signs_shown;
  ratings.value = new Map(found.items.map((one) => [one.annotation_id, one]));
}

let timer = 0;

/** Staff see ratings come in while the worker rates, students the answer to an appeal; many at once make one request. */
export function listenToRatings(): void {
  onChange("score.changed", loadSoon);
  onChange("appeal.answered", loadSoon);
}

function loadSoon(): void {
  if (timer) return;
  timer = window.setTimeout(() => {
    timer = 0;
    // What could not be read now is read at the next change, or when the page is loaded again.
    loadRatings().catch(() => undefined);
  }, NOW_AND_THEN_MS);
}

/** Gives a level by hand (null: takes it back, so that the machine's stands again); can be undone. */
export async function giveLevel(annotation: string, level: Level | null, note = ""): Promise<void> {
  const before = ratings.value.get(annotation);
  if (!(await set(annotation, level, note))) return;
  const undo = () =>
    void set(annotation, before?.by_teacher ? (before.level ?? null) : null, before?.note ?? "");
  toast(
    level === null
      ? t("Your own level is taken back.")
      : t("Your level is kept. It stands above the machine's."),
    {
      action: { label: t("Undo"), run: undo },
    },
  );
}

/** Asks the teacher to look again; the answer comes as a notification, and here. */
export const appeal = (annotation: string, sentence: string): Promise<boolean> =>
  tried(async () => {
    await api(`/annotations/${annotation}/appeals`, { method: "POST", body: { sentence } });
    await loadRatings();
  });

async function set(annotation: string, level: Level | null, note: string): Promise<boolean> {
  return tried(async () => {
    await api(`/annotations/${annotation}/score`, { method: "PATCH", body: { level, note } });
    await loadRatings();
  });
}

/** Shows students how their annotations were rated, or stops showing it. */
export const release = (shown: boolean): Promise<boolean> =>
  tried(async () => {
    await api(`/assignments/${info.assignment.id}`, { method: "PATCH", body: { scores_released: shown } });
    released.value = shown;
  });

export async function tried(request: () => Promise<void>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, { tone: "danger" });
    return false;
  }
}
