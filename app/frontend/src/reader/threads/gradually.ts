/** A long column is drawn from the top in steps, so that the first threads can be used while the rest follow. */
import { useEffect, useState } from "preact/hooks";
import { USUAL_HEIGHT } from "./arrange.ts";

const MORE = 3; // than fill the window: closed threads may be lower than usual
const STEP = 20; // few enough that a click in between is answered at once
const PAUSE = 16; // ms: time to paint what is there, and for a click

const first = (): number => Math.ceil(innerHeight / USUAL_HEIGHT) + MORE;

/** How many of `total` entries to draw now: the first ones, at least `needed`, and soon all. */
export function useGradually(total: number, needed: number): number {
  const [reached, reach] = useState(first);
  const drawn = Math.max(reached, needed);
  useEffect(() => {
    if (drawn >= total) return;
    const timer = setTimeout(() => reach(drawn + STEP), PAUSE);
    return () => clearTimeout(timer);
  }, [drawn, total]);
  return drawn;
}
