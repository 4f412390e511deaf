/** The plan on the wall. */
import { render } from "preact";
import { follow } from "../lib/following.ts";
import { listen } from "../present/keys.ts";
import { Present } from "../present/Present.tsx";
import { hearPoll, loadPolls, plan, running } from "../present/state.ts";

const WHILE_OPEN = 1_500;
const OTHERWISE = 10_000;

let asked = 0;

const room = document.getElementById("present");
if (room) {
  room.replaceChildren();
  render(<Present />, room);
  listen();
  count();
  const isLive = plan.assignment_id
    ? follow(plan.assignment_id, { hear: hearPoll, missed: count })
    : () => false;
  setInterval(() => {
    const due = running.value || Date.now() - asked >= OTHERWISE;
    if (!isLive() && !document.hidden && due) count();
  }, WHILE_OPEN);
}

/** Asks for all counts: at first, after a gap, and while no news comes by itself. */
function count(): void {
  asked = Date.now();
  loadPolls().catch(() => undefined);
}
