/** Where a class votes: brings the next question by itself, and never takes a choice away that is being made. */
import { api } from "../lib/api.ts";
import { follow, type IsLive } from "../lib/following.ts";

type Vote = { id: string; mine: string | null };

const EVERY = 2_000;
const AT_ONCE = 400; // a class that hears of a question at once still asks for it one after the other
const room = () => document.getElementById("vote");
let shown: string | null = null;

async function look(code: string): Promise<void> {
  const found = await api<{ items: Vote[] }>(`/votes/${code}`, { retries: 0 });
  const now = found.items.map((vote) => vote.id).join();
  if (shown !== null && now !== shown) await redraw();
  shown = now;
}

async function redraw(): Promise<void> {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("vote");
  if (answer.ok && fresh) room()?.replaceWith(document.adoptNode(fresh));
}

let soon: ReturnType<typeof setTimeout> | undefined;
let looking = Promise.resolve();

/** One after the other, so that an older answer never stands over a newer one. */
function lookNow(code: string): Promise<void> {
  looking = looking.then(() => look(code)).catch(() => undefined);
  return looking;
}

function lookSoon(code: string): void {
  clearTimeout(soon);
  soon = setTimeout(() => void lookNow(code), Math.random() * AT_ONCE);
}

/** Without news everybody asks at their own moment, so that a class does not come in one wave. */
function again(code: string, isLive: IsLive): void {
  setTimeout(
    () => {
      const next = () => again(code, isLive);
      if (document.hidden || isLive()) next();
      else void lookNow(code).then(next);
    },
    EVERY * (0.75 + Math.random() / 2),
  );
}

const { code, assignment } = room()?.dataset ?? {};
if (code && assignment) {
  void lookNow(code);
  const hear = ({ type }: { type: string }) => type.startsWith("poll.") && lookSoon(code);
  again(code, follow(assignment, { hear, missed: () => lookSoon(code) }));
}
