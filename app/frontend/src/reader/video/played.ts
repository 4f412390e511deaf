/**
 * What was really played, out of the times that a player tells: a jump ends a stretch, playing a part twice gives
 * two stretches. Pure, so that it can be tested.
 */
import type { Played } from "../surface.ts";

/** Players tell the time about four times a second; a longer way between two times, at this speed, is a jump. */
const LONGEST_STEP = 1.5;
/** What is shorter was not watched. */
const LEAST = 0.3;

export class PlayedStretches {
  #done: Played[] = [];
  #now: { start: number; end: number; seconds: number; began: number } | null = null;

  /** The player stands at `time` and plays, `rate` times as fast as life. */
  tick(time: number, rate: number, clock: number): void {
    const now = this.#now;
    const step = now ? time - now.end : 0;
    if (now && step >= 0 && step <= LONGEST_STEP * Math.max(1, rate)) {
      now.end = time;
      now.seconds += step / rate;
    } else {
      this.stop();
      this.#now = { start: time, end: time, seconds: 0, began: clock };
    }
  }

  /** The player was stopped, or jumps. */
  stop(): void {
    const now = this.#now;
    this.#now = null;
    if (!now || now.end - now.start < LEAST) return;
    const { start, end, seconds, began } = now;
    const round = (number: number) => Math.round(number * 1000) / 1000;
    this.#done.push({
      start: round(start),
      end: round(end),
      seconds: round(seconds),
      began_at: new Date(began).toISOString(),
    });
  }

  /** Everything since it was last asked for; a stretch that goes on is cut here. */
  take(): Played[] {
    const now = this.#now;
    this.stop();
    if (now) this.#now = { start: now.end, end: now.end, seconds: 0, began: Date.now() };
    const taken = this.#done;
    this.#done = [];
    return taken;
  }
}
