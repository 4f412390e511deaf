/** The plan on the wall: which step, how much time is left, and the votes. */
import { computed, signal } from "@preact/signals";
import { ApiError, api } from "../lib/api.ts";
import type { News } from "../lib/following.ts";
import { t } from "../lib/messages.ts";
import { pageData } from "../lib/page-data.ts";
import { toast } from "../lib/toast.ts";
import type { Kinds, Option, Plan, Step } from "../plans/types.ts";

export type Poll = {
  id: string;
  step_id: string;
  moment: "before" | "after" | "later";
  stem: string;
  options: Option[];
  right: string[];
  counts: Record<string, number>;
  hands: Record<string, number>;
  voted: number;
  open: boolean;
};
export type Panel = "" | "groups" | "notes" | "keys";

export const plan = pageData<Plan>("plan-data");
export const kinds = pageData<Kinds>("plan-kinds");
export const at = signal(stepInAddress());
export const step = computed<Step | undefined>(() => plan.steps[at.value]);
export const panel = signal<Panel>("");
/** Whether the right option is marked; every step begins without. */
export const solved = signal(false);
export const polls = signal<Poll[]>([]);
export const notes = signal<Record<string, string>>(plan.notes);

export const pollOf = (moment: Poll["moment"]): Poll | undefined =>
  polls.value.findLast((poll) => poll.step_id === step.value?.id && poll.moment === moment);
export const running = computed(() => polls.value.find((poll) => poll.open && poll.moment !== "later"));

function stepInAddress(): number {
  const wanted = Number(location.hash.slice(1)) - 1;
  return Number.isInteger(wanted) && wanted >= 0 && wanted < plan.steps.length ? wanted : 0;
}

export function go(by: number): void {
  const to = Math.max(0, Math.min(plan.steps.length - 1, at.value + by));
  if (to === at.value) return;
  at.value = to;
  solved.value = false;
  panel.value = "";
  history.replaceState(null, "", `#${to + 1}`);
}

export function toggle(which: Panel): void {
  panel.value = panel.value === which ? "" : which;
}

async function told<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, { tone: "danger" });
    return undefined;
  }
}

let heard = 0;

export async function loadPolls(): Promise<void> {
  const before = heard;
  const found = await api<{ items: Poll[] }>(`/activity-plans/${plan.id}/polls`, { retries: 0 });
  // What was heard meanwhile may be newer than this answer, and is not told twice.
  if (heard !== before) return loadPolls();
  polls.value = found.items;
}

/** A vote was opened, counted or closed, here or in another window. */
export function hearPoll(news: News): void {
  if (news.type !== "poll.counted" || news.object.plan_id !== plan.id) return;
  heard += 1;
  const told = news.object as unknown as Poll;
  const known = polls.value.some((poll) => poll.id === told.id);
  polls.value = known
    ? polls.value.map((poll) => (poll.id === told.id ? told : poll))
    : [...polls.value, told];
}

/** Opens the vote of this step, closes the one that is open, or opens the second one. */
export async function vote(): Promise<void> {
  const open = running.value;
  if (open && open.step_id === step.value?.id) return closePoll(open);
  if (!step.value || !questionOf(step.value)) return;
  const moment = pollOf("before") ? "after" : "before";
  const body = { step_id: step.value.id, moment };
  await told(api<Poll>(`/activity-plans/${plan.id}/polls`, { method: "POST", body }));
  solved.value = false;
  await told(loadPolls());
}

async function closePoll(poll: Poll): Promise<void> {
  await told(api(`/polls/${poll.id}`, { method: "PATCH", body: { closed: true } }));
  await told(loadPolls());
}

export async function countHands(poll: Poll, option: string, count: number): Promise<void> {
  const hands = { ...poll.hands, [option]: Math.max(0, Math.min(5000, Math.round(count) || 0)) };
  await told(api(`/polls/${poll.id}`, { method: "PATCH", body: { hands } }));
  await told(loadPolls());
}

export async function keepNote(text: string): Promise<void> {
  const here = step.value;
  if (!here) return;
  notes.value = { ...notes.value, [here.id]: text };
  await told(api(`/activity-plans/${plan.id}/notes/${here.id}`, { method: "PUT", body: { text } }));
}

/** What this step asks: the words and options, without the key. */
export function questionOf(one: Step): { stem: string; options: Option[] } | null {
  if (one.question)
    return {
      stem: one.question.stem,
      options: one.question.options.map((text, place) => ({ id: String(place), text })),
    };
  return plan.questions.find((question) => question.id === one.question_id) ?? null;
}

export const countOf = (poll: Poll, option: string): number =>
  (poll.counts[option] ?? 0) + (poll.hands[option] ?? 0);
export const totalOf = (poll: Poll): number =>
  poll.options.reduce((sum, option) => sum + countOf(poll, option.id), 0);

/** Where the class votes, as it stands on the wall. */
export const votingAddress = (): string =>
  t("%(address)s with the code", { address: `${location.host}/vote` });
