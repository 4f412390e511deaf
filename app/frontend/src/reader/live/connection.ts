/** Live updates: a socket where there is one, asking every 15 seconds where there is none. The chain tells what was missed. */
import { io, type Socket } from "socket.io-client";
import { ApiError, api } from "../../lib/api.ts";
import { frameToken } from "../../lib/frame-token.ts";
import { reloadAnnotations } from "../loading.ts";
import { info, own } from "../page-info.ts";
import { loadQuestions } from "../questions/state.ts";
import { loadRatings } from "../ratings/state.ts";
import { askToSignIn } from "../signed-out.ts";
import { present } from "../state.ts";
import { apply, type Envelope } from "./envelope.ts";
import { endedBecause, live } from "./status.ts";

const POLL_MS = 15_000;
let head: string | null = null;
let poll = 0;
let catching: Promise<void> | null = null;

/** Connects. `since` is the cursor that the page was loaded with. */
export function connect(since: string | null): void {
  head = since;
  const socket: Socket = io("/live", {
    transports: ["websocket", "polling"],
    reconnectionDelayMax: 20_000,
    ...(frameToken ? { auth: { token: frameToken } } : {}),
  });
  socket.on("connect", () => join(socket));
  socket.on("changes", (envelope: Envelope) => void receive(envelope));
  socket.on("presence", ({ count }: { count: number }) => {
    present.value = count;
  });
  socket.on("ended", ({ message }: { message: string }) => {
    live.value = "ended";
    endedBecause.value = message;
    socket.close();
  });
  socket.on("disconnect", () => fallBack());
  socket.on("connect_error", () => fallBack());
}

function join(socket: Socket): void {
  socket
    .timeout(10_000)
    .emit(
      "join",
      { assignment_id: info.assignment.id, since: head },
      (late: Error | null, envelope?: Envelope & { error?: { message: string } }) => {
        if (late || !envelope || !Array.isArray(envelope.items)) return fallBack();
        clearTimeout(poll);
        live.value = "live";
        void receive(envelope, true);
      },
    );
}

/** Takes an envelope in, if it continues the chain; else asks for what is missing. */
async function receive(envelope: Envelope, joining = false): Promise<void> {
  if (envelope.resync) return resync(envelope.head);
  if (!joining && head !== null && envelope.prev !== head) return catchUp();
  take(envelope);
}

function take(envelope: Envelope): void {
  for (const change of envelope.items) apply(change);
  head = envelope.head ?? head;
}

async function resync(newHead: string | null): Promise<void> {
  // Questions and ratings are few: they are read again beside the annotations.
  for (const part of [loadQuestions(), loadRatings()]) part.catch(() => undefined);
  head = (await reloadAnnotations()) ?? newHead;
}

/** Asks for what was missed; several broken envelopes at once ask only once. */
function catchUp(): Promise<void> {
  catching ??= ask().finally(() => {
    catching = null;
  });
  return catching;
}

async function ask(): Promise<void> {
  const since = head ? `?since=${encodeURIComponent(head)}` : "";
  const envelope = await api<Envelope>(own(`/changes${since}`), { retries: 1 });
  if (envelope.resync) await resync(envelope.head);
  else take(envelope);
}

/** Without a socket: ask from time to time, and say honestly when even that does not work. */
function fallBack(): void {
  if (live.value === "ended") return;
  live.value = navigator.onLine ? "polling" : "paused";
  clearTimeout(poll);
  poll = window.setTimeout(async () => {
    try {
      await catchUp();
      if (live.value === "paused") live.value = "polling";
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      live.value = "paused";
      if (error.status === 401) askToSignIn();
    }
    if (live.value !== "live") fallBackAgain();
  }, POLL_MS);
}

function fallBackAgain(): void {
  const before = live.value;
  fallBack();
  live.value = before;
}
