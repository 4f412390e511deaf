/** The plan that is being changed, and how it gets to the server: a moment after the last change, one at a time. */
import { computed, signal } from "@preact/signals";
import { ApiError, api } from "../lib/api.ts";
import { t } from "../lib/messages.ts";
import { pageData } from "../lib/page-data.ts";
import type { Kind, Kinds, Plan, Step } from "./types.ts";

const SOON = 700;

export const plan = signal<Plan>(pageData<Plan>("plan-data"));
export const kinds = pageData<Kinds>("plan-kinds");
/** What to say about saving: nothing, that it is on its way, or what went wrong. */
export const saving = signal<{ state: "saved" | "waiting" | "failed"; sentence: string }>({
  state: "saved",
  sentence: "",
});
/** What a screen reader is told after a move. */
export const said = signal("");
export const planned = computed(() => plan.value.steps.reduce((sum, step) => sum + step.minutes, 0));

let timer: ReturnType<typeof setTimeout> | undefined;
let sending = false;
let changed = false;

export function change(part: Partial<Plan>): void {
  plan.value = { ...plan.value, ...part };
  changed = true;
  if (saving.value.state !== "failed") saving.value = { state: "waiting", sentence: t("Saving") };
  clearTimeout(timer);
  timer = setTimeout(save, SOON);
}

export function changeStep(id: string, part: Partial<Step>): void {
  change({ steps: plan.value.steps.map((step) => (step.id === id ? { ...step, ...part } : step)) });
}

/** Sends what has changed. A plan that was changed elsewhere is not overwritten; what was typed stays on the page. */
export async function save(): Promise<void> {
  clearTimeout(timer);
  if (sending || !changed) return;
  sending = true;
  changed = false;
  const { title, minutes, room, steps, revision } = plan.value;
  try {
    const body = { revision, title: title.trim() || t("A plan"), minutes, room, steps: steps.map(bare) };
    const kept = await api<Plan>(`/activity-plans/${plan.value.id}`, { method: "PATCH", body });
    plan.value = { ...plan.value, revision: kept.revision, topics: kept.topics, voices: kept.voices };
    saving.value = { state: "saved", sentence: t("Saved") };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    saving.value = { state: "failed", sentence: error.errors[0]?.detail ?? error.message };
    changed = error.passing;
  } finally {
    sending = false;
  }
  if (changed) timer = setTimeout(save, saving.value.state === "failed" ? 5_000 : SOON);
}

/** A step as it is sent: the reason in words is the server's own. */
function bare({ why_text: _words, ...step }: Step): Omit<Step, "why_text"> {
  return step;
}

export function addStep(kind: Kind): void {
  const words = kinds[kind];
  const step: Step = {
    id: newId(),
    kind,
    minutes: 5,
    topics: [],
    title: "",
    prompt: words.prompt,
    voices: [],
    in_our_words: "",
    question_id: null,
    question: null,
    materials: words.materials,
    why: null,
    why_text: "",
  };
  change({ steps: [...plan.value.steps, step] });
}

/** Another kind brings its own prompt and materials, unless somebody has written other ones. */
export function changeKind(step: Step, kind: Kind): void {
  const before = kinds[step.kind];
  const words = kinds[kind];
  changeStep(step.id, {
    kind,
    prompt: step.prompt === before.prompt || !step.prompt ? words.prompt : step.prompt,
    materials: step.materials === before.materials || !step.materials ? words.materials : step.materials,
    why: null,
    why_text: "",
  });
}

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

addEventListener("beforeunload", (event) => {
  if (changed || sending) event.preventDefault();
});
addEventListener("pagehide", () => void save());
