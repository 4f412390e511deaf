/** What can be done with annotations besides writing them. Each says what happened, and can be undone where it hurts. */
import { ApiError, api, newKey } from "../lib/api.ts";
import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";
import { loadMarks } from "./loading.ts";
import { own, teacherName } from "./page-info.ts";
import { askToSignIn } from "./signed-out.ts";
import { settled } from "./staff.ts";
import {
  annotations,
  changeMine,
  leaving,
  mine,
  remove,
  upsert,
  voteKey,
  withAdded,
  without,
} from "./state.ts";
import type { Passage } from "./surface.ts";
import type { Annotation, Mark, Vote } from "./types.ts";

const UNDO_SECONDS = 10;

/** Runs a request; a refusal is said in the server's words. Returns whether it worked. */
async function attempt(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) askToSignIn();
    else toast(error.message, { tone: "danger" });
    return false;
  }
}

const take = (answer: Annotation | undefined): void => {
  if (answer?.id) upsert(answer);
};

/** Gives or takes back a vote. The press shows at once, the number when the server has counted. */
export async function vote(one: Annotation, kind: Vote): Promise<void> {
  const key = voteKey(one.id, kind);
  const given = mine.value.votes.has(key);
  const after = given ? without(mine.value.votes, key) : withAdded(mine.value.votes, key);
  const before = mine.value.votes;
  changeMine({ votes: after });
  const method = given ? "DELETE" : "PUT";
  const done = await attempt(async () =>
    take(await api<Annotation>(`/annotations/${one.id}/endorsements/${kind}`, { method })),
  );
  if (!done) changeMine({ votes: before });
}

export const resolve = (one: Annotation, resolved: boolean): Promise<boolean> =>
  attempt(async () =>
    take(await api<Annotation>(`/annotations/${one.id}`, { method: "PATCH", body: { resolved } })),
  );

/** Takes an annotation away; for ten seconds it can come back. */
export function discard(one: Annotation): void {
  leaving.value = withAdded(leaving.value, one.id);
  const timer = setTimeout(() => void go(), UNDO_SECONDS * 1000);
  const go = async () => {
    removeEventListener("pagehide", now);
    clearTimeout(timer);
    if (!leaving.value.has(one.id)) return;
    const done = await attempt(() => api(`/annotations/${one.id}`, { method: "DELETE", keepalive: true }));
    if (done) settle(one);
    leaving.value = without(leaving.value, one.id);
  };
  const now = () => void go();
  addEventListener("pagehide", now);
  toast(t("Deleted."), {
    seconds: UNDO_SECONDS,
    action: {
      label: t("Undo"),
      run: () => {
        leaving.value = without(leaving.value, one.id);
        clearTimeout(timer);
        removeEventListener("pagehide", now);
      },
    },
  });
}

/** Until the server tells: a deleted annotation with replies stays as a stone, one without goes. */
function settle(one: Annotation): void {
  const answered = [...annotations.value.values()].some((other) => other.parent_id === one.id);
  if (!answered) remove(one.id);
}

/** Tells the teacher about an annotation, without a name, and folds it for the one who told. */
export async function report(one: Annotation, reason: string): Promise<void> {
  const done = await attempt(() => api(`/annotations/${one.id}/flags`, { method: "POST", body: { reason } }));
  if (!done) return;
  changeMine({ reported: withAdded(mine.value.reported, one.id) });
  toast(t("%(teacher)s will look at it, and is not told who said so.", { teacher: teacherName() }), {
    tone: "solved",
  });
}

/** Takes an annotation from view; its author reads the reason. Can be undone. */
export async function hide(one: Annotation, reason: string): Promise<void> {
  if (!(await setHidden(one, true, reason))) return;
  toast(t("Hidden. Its author is told why."), {
    seconds: UNDO_SECONDS,
    action: { label: t("Undo"), run: () => void setHidden(one, false, "") },
  });
}

export const setHidden = (one: Annotation, hidden: boolean, reason: string): Promise<boolean> =>
  attempt(async () => {
    const body = hidden ? { hidden, reason } : { hidden };
    take(await api<Annotation>(`/annotations/${one.id}/hidden`, { method: "PUT", body }));
    settled(one.id);
  });

/** Stops or reopens a thread for new replies. */
export const pause = (one: Annotation, paused: boolean): Promise<boolean> =>
  attempt(async () =>
    take(await api<Annotation>(`/annotations/${one.id}/paused`, { method: "PUT", body: { paused } })),
  );

/** Marks a passage for oneself, without words. */
export const highlight = (passage: Passage): Promise<boolean> =>
  attempt(async () => {
    const answer = await api<Annotation>(own("/annotations"), {
      method: "POST",
      body: {
        body: "",
        motivation: "highlighting",
        audience: "self",
        target: { selector: passage.selectors },
      },
    });
    changeMine({ own: withAdded(mine.value.own, answer.id) });
    upsert(answer);
  });

/** “I'm lost here”: one tap, seen by the teacher as a number only. */
export async function lostHere(passage: Passage): Promise<void> {
  const id = newKey();
  const mark: Mark = { id, span: passage.span };
  changeMine({ marks: new Map(mine.value.marks).set(id, mark) });
  const body = { target: { selector: passage.selectors } };
  if (!(await attempt(() => api(own(`/marks/${id}`), { method: "PUT", body })))) {
    forgetMark(id);
    return;
  }
  void attempt(loadMarks);
  toast(t("Marked: you are lost here. %(teacher)s sees how many are, not who.", { teacher: teacherName() }), {
    action: { label: t("Undo"), run: () => void takeBack(id) },
  });
}

export async function takeBack(id: string): Promise<void> {
  if (!(await attempt(() => api(own(`/marks/${id}`), { method: "DELETE" })))) return;
  forgetMark(id);
  void attempt(loadMarks);
}

function forgetMark(id: string): void {
  const marks = new Map(mine.value.marks);
  marks.delete(id);
  changeMine({ marks });
}
