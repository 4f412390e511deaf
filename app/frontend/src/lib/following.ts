/** Following an assignment's changes over a socket, for pages that want news and keep no history. */
import { frameToken } from "./frame-token.ts";

export type News = { type: string; object: { id: string } & Record<string, unknown> };
type Told = { prev: string | null; head: string | null; items: News[]; resync?: boolean };

export type Following = {
  /** Called for each piece of news. */
  hear: (news: News) => void;
  /** Called when something may have been missed: load what is shown anew. */
  missed: () => void;
};

/** Whether news comes by itself at the moment; where not, a page asks from time to time. */
export type IsLive = () => boolean;

export function follow(assignment: string, { hear, missed }: Following): IsLive {
  let live = false;
  let head: string | null = null;
  const lost = () => {
    live = false;
  };
  const take = (told: Told) => {
    const whole = !told.resync && told.prev === head;
    head = told.head;
    if (whole) told.items.forEach(hear);
    else missed();
  };
  // The page works before the connection's own script is there, and without it.
  const open = async () => {
    const { io } = await import("socket.io-client");
    const socket = io("/live", {
      transports: ["websocket", "polling"],
      reconnectionDelayMax: 20_000,
      ...(frameToken ? { auth: { token: frameToken } } : {}),
    });
    socket.on("connect", () => {
      const wanted = { assignment_id: assignment, since: null };
      socket.timeout(10_000).emit("join", wanted, (late: Error | null, told?: Told) => {
        if (late || !Array.isArray(told?.items)) return;
        live = true;
        head = told.head;
        missed();
      });
    });
    socket.on("changes", take);
    socket.on("ended", () => socket.close());
    for (const end of ["ended", "disconnect", "connect_error"]) socket.on(end, lost);
  };
  open().catch(lost);
  return () => live;
}
