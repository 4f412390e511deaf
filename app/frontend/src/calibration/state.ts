/** Where calibration stands, and the requests that change it. */
import { signal } from "@preact/signals";
import { ApiError, api } from "../lib/api.ts";
import { pageData } from "../lib/page-data.ts";
import { toast } from "../lib/toast.ts";
import type { Level, State } from "./types.ts";

export const state = signal<State>(pageData<State>("fw-state"));
export const courseId = document.getElementById("fw-calibration")?.dataset.course ?? "";
export const busy = signal(false);

const LOOK_AGAIN_MS = 1500;
export const own = (path = ""): string => `/courses/${courseId}/calibration${path}`;

/** Chooses what to rate, or some more. */
export const choose = (): Promise<boolean> =>
  tried(async () => {
    state.value = await api<State>(own("/items"), { method: "POST" });
  });

/** Has people and machine compared (or, going back, what the machine alone would change), and waits for it. */
export const compare = (goesBack = false): Promise<boolean> =>
  tried(async () => {
    const body = { goes_back: goesBack };
    state.value = await api<State>(own("/comparisons"), { method: "POST", body });
    waitForComparison();
  });

export const decide = (accepted: boolean): Promise<boolean> =>
  tried(async () => {
    const path = own(`/comparisons/${state.value.comparison?.id}/decision`);
    await api(path, { method: "PUT", body: { accepted } });
    await reload();
  });

export const answer = (appeal: string, level: Level, sentence: string): Promise<boolean> =>
  tried(async () => {
    await api(`/appeals/${appeal}`, { method: "PUT", body: { level, sentence } });
    await reload();
  });

async function reload(): Promise<void> {
  state.value = await api<State>(own());
}

/** Asks until the worker is done. */
export function waitForComparison(): void {
  if (state.value.comparison?.state !== "making") return;
  setTimeout(() => {
    // What could not be read now is asked for again.
    void reload()
      .catch(() => undefined)
      .then(waitForComparison);
  }, LOOK_AGAIN_MS);
}

async function tried(request: () => Promise<void>): Promise<boolean> {
  busy.value = true;
  try {
    await request();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, { tone: "danger" });
    return false;
  } finally {
    busy.value = false;
  }
}
