/** What only staff see: which annotations were reported, and, when they ask, who wrote without a name. */
import { signal } from "@preact/signals";
import { ApiError, api } from "../lib/api.ts";
import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";
import { onChange } from "./live/envelope.ts";
import { info, own } from "./page-info.ts";
import { withAdded } from "./state.ts";

type Flag = { annotation_id: string; reason: string };
type Author = { annotation_id: string; name: string };

/** Reasons by annotation; who told is not known to anybody. */
export const reported = signal<ReadonlyMap<string, readonly string[]>>(new Map());
/** Names by annotation, of those that staff asked for. */
export const revealed = signal<ReadonlyMap<string, string>>(new Map());
const asked = signal<ReadonlySet<string>>(new Set());

export async function loadFlags(): Promise<void> {
  if (!info.viewer.staff) return;
  const { items } = await api<{ items: Flag[] }>(own("/flags"));
  const found = new Map<string, string[]>();
  for (const { annotation_id: id, reason } of items) found.set(id, [...(found.get(id) ?? []), reason]);
  reported.value = found;
}

/** Reports of others, and what colleagues have settled, arrive live; nobody else is sent them. */
export function listenToFlags(): void {
  onChange("flag.changed", ({ object: { id, reasons } }) => {
    if (Array.isArray(reasons) && reasons.length) reported.value = new Map(reported.value).set(id, reasons);
    else settled(id);
  });
}

/** Staff have looked, and leave the annotation as it is. */
export async function leaveAsItIs(id: string): Promise<void> {
  try {
    await api(`/annotations/${id}/flags`, { method: "DELETE" });
    settled(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, { tone: "danger" });
  }
}

/** A report is settled when the annotation is hidden, or left as it is. */
export function settled(id: string): void {
  const next = new Map(reported.value);
  next.delete(id);
  reported.value = next;
}

/** Shows who wrote one anonymous annotation; that it was looked up is recorded. */
export async function whoWrote(id: string): Promise<void> {
  try {
    const { items } = await api<{ items: Author[] }>(own("/authors"));
    asked.value = withAdded(asked.value, id);
    const names = items.filter((one) => asked.value.has(one.annotation_id));
    revealed.value = new Map(names.map((one) => [one.annotation_id, one.name]));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message || t("This could not be looked up."), { tone: "danger" });
  }
}
