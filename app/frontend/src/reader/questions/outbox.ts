/**
 * Answers on their way. They are kept in this browser until the server has them and sent again for as long as it
 * takes, with one Idempotency-Key, so that a dead connection neither loses an answer nor counts it twice.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { ApiError, api, backOff, newKey } from "../../lib/api.ts";
import { t } from "../../lib/messages.ts";
import { announce } from "../announce.ts";
import { info } from "../page-info.ts";
import { askToSignIn, signedIn } from "../signed-out.ts";
import { dropSending, loadQuestions, putOutcome, putSending, refuse, sending } from "./state.ts";
import type { Confidence, Outcome, Question, Sending } from "./types.ts";

interface Outbox extends DBSchema {
  answers: { key: string; value: Sending };
}

let database: Promise<IDBPDatabase<Outbox> | null> | undefined;
const browser = (): Promise<IDBPDatabase<Outbox> | null> => {
  database ??= openDB<Outbox>("foreword-answers", 1, {
    upgrade: (db) => {
      db.createObjectStore("answers", { keyPath: "key" });
    },
  }).catch(() => null); // storage is blocked in this frame; the card says that the answer is in this window only
  return database;
};

/** Sends an answer; resolves when the server has it or has said no. The page shows it as sent on from the start. */
export async function answer(question: Question, value: string, confidence: Confidence): Promise<void> {
  if (sending.value.has(question.id)) return;
  refuse(question.id, null);
  const one: Sending = {
    key: newKey(),
    question_id: question.id,
    assignment_id: info.assignment.id,
    account_id: info.viewer.id,
    value,
    confidence,
    composed_at: new Date().toISOString(),
    stored: false,
    waiting: false,
  };
  putSending(one);
  const stored = await store(one);
  if (sending.value.get(question.id)?.key === one.key) putSending({ ...one, stored });
  await untilThere({ ...one, stored });
}

async function store(one: Sending): Promise<boolean> {
  try {
    const db = await browser();
    await db?.put("answers", { ...one, stored: true });
    return db !== null;
  } catch {
    // The disk is full: the answer stays in the window, and the card says so.
    return false;
  }
}

/** Goes on with what was on its way when the page was left. */
export async function resumeAnswers(): Promise<void> {
  const kept = (await (await browser())?.getAll("answers")) ?? [];
  for (const one of kept) {
    if (one.assignment_id !== info.assignment.id || one.account_id !== info.viewer.id) continue;
    putSending(one);
    void untilThere(one);
  }
}

async function untilThere(one: Sending): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const body = { value: one.value, confidence: one.confidence, composed_at: one.composed_at };
      const path = `/questions/${one.question_id}/answers`;
      const told = await api<Outcome>(path, { method: "POST", body, idempotencyKey: one.key, retries: 0 });
      putOutcome(told);
      await done(one);
      return announce(t("Your answer is in."));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!(await mayTryAgain(one, error, attempt))) return;
    }
  }
}

async function mayTryAgain(one: Sending, error: ApiError, attempt: number): Promise<boolean> {
  if (error.status === 401) {
    askToSignIn();
    await signedIn();
    return true;
  }
  if (!error.passing && error.status !== 500) {
    refuse(one.question_id, error.message);
    await done(one);
    // It was answered in another window, or changed in the meantime: show how it stands.
    await loadQuestions().catch(() => undefined);
    return false;
  }
  putSending({ ...(sending.value.get(one.question_id) ?? one), waiting: true });
  await Promise.race([pause(backOff(attempt, error.retryAfter)), online()]);
  return true;
}

async function done(one: Sending): Promise<void> {
  dropSending(one.question_id);
  await (await browser())?.delete("answers", one.key);
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const online = (): Promise<void> =>
  new Promise((resolve) => addEventListener("online", () => setTimeout(resolve, 300), { once: true }));
