/** Envelopes of the change log: the same from the socket, from its acknowledgement and from `changes?since=`. */
import { arrive, remove, upsert } from "../state.ts";
import type { Annotation } from "../types.ts";

export type Change = { type: string; seq: number; object: { id: string } & Record<string, unknown> };
export type Envelope = { prev: string | null; head: string | null; items: Change[]; resync?: boolean };

/** Others (questions, scores) may listen to their own types of change here. */
const listeners = new Map<string, (change: Change) => void>();
export const onChange = (type: string, listener: (change: Change) => void): void => {
  listeners.set(type, listener);
};

/** Takes in one change. What somebody else made just now waits; what is known changes at once. */
export function apply(change: Change): void {
  const annotation = change.object as unknown as Annotation;
  if (change.type === "annotation.created" || change.type === "annotation.updated") arrive(annotation);
  else if (change.type === "annotation.removed") remove(change.object.id);
  else if (change.type === "endorsement.changed") upsert(annotation);
  else listeners.get(change.type)?.(change);
}
