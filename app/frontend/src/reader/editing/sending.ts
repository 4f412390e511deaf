/** Sending is retried for ever, with the same Idempotency-Key, so that nothing is lost and nothing is doubled. */
import { ApiError, api, backOff } from "../../lib/api.ts";
import { t } from "../../lib/messages.ts";
import { announce } from "../announce.ts";
import { own } from "../page-info.ts";
import { askToSignIn, signedIn } from "../signed-out.ts";
import { active, changeMine, mine, threadOf, upsert, withAdded } from "../state.ts";
import type { Annotation } from "../types.ts";
import { change, type Editor, editors, forget } from "./editors.ts";
import { keep, letGo } from "./keeping.ts";

const under = new Set<string>();

/** Posts what an editor holds; returns when it is there, or when the server said that it cannot be. */
export async function send(key: string): Promise<Annotation | null> {
  if (under.has(key)) return null;
  under.add(key);
  change(key, { sending: true, tried: true, problem: null });
  void keep(key);
  try {
    return await untilThere(key);
  } finally {
    under.delete(key);
  }
}

async function untilThere(key: string): Promise<Annotation | null> {
  for (let attempt = 0; ; attempt++) {
    const editor = editors.value.get(key);
    if (!editor) return null;
    try {
      return arrived(editor, await once(editor));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!(await mayTryAgain(key, error, attempt))) return null;
    }
  }
}

/** Waits until another try makes sense; false when the server has said no for good. */
async function mayTryAgain(key: string, error: ApiError, attempt: number): Promise<boolean> {
  if (error.status === 401) {
    change(key, {
      problem: t("You are signed out. Your text is safe; it is posted once you sign in again."),
    });
    askToSignIn();
    await signedIn();
    return true;
  }
  if (!error.passing && error.status !== 500) {
    change(key, { sending: false, problem: error.message, open: true });
    announce(error.message);
    return false;
  }
  change(key, { problem: t("Not posted yet: no connection. It is sent again by itself.") });
  await Promise.race([pause(backOff(attempt, error.retryAfter)), online()]);
  return true;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const online = (): Promise<void> =>
  new Promise((resolve) => addEventListener("online", () => setTimeout(resolve, 300), { once: true }));

function once(editor: Editor): Promise<Annotation> {
  if (editor.annotation_id) {
    const body = {
      body: editor.body,
      ...(editor.motivation === "replying" ? {} : { motivation: editor.motivation }),
    };
    return api<Annotation>(`/annotations/${editor.annotation_id}`, { method: "PATCH", body, retries: 0 });
  }
  const { body, motivation, target, audience, anonymous, parent_id, composed_at, mentions } = editor;
  const reply = parent_id ? { parent_id } : { target, audience, anonymous };
  return api<Annotation>(own("/annotations"), {
    method: "POST",
    body: {
      body,
      motivation,
      composed_at,
      ...reply,
      ...(mentions.length ? { mentions } : {}),
      pasted: editor.pasted,
      typing_seconds: Math.round(editor.typing_seconds),
    },
    idempotencyKey: editor.key,
    retries: 0,
  });
}

function arrived(editor: Editor, annotation: Annotation): Annotation {
  if (!editor.annotation_id)
    changeMine({
      own: withAdded(mine.value.own, annotation.id),
      seen: withAdded(mine.value.seen, annotation.id),
    });
  upsert(annotation);
  active.value = threadOf(annotation);
  forget(editor.key);
  void letGo(editor.key);
  announce(editor.annotation_id ? t("Your change is saved.") : t("Posted."));
  return annotation;
}

/** Goes on with what was on its way when the page was left. */
export function resume(restored: readonly Editor[]): void {
  for (const one of restored) if (one.tried) void send(one.key);
}
