import assert from "node:assert/strict";
import { test } from "node:test";
import { PlayedStretches } from "./played.ts";

const play = (stretches: PlayedStretches, from: number, to: number, rate = 1): void => {
  for (let time = from; time <= to + 0.001; time += 0.25) stretches.tick(time, rate, 0);
};

test("what is played in one go is one stretch", () => {
  const stretches = new PlayedStretches();
  play(stretches, 0, 10);
  const [only, ...more] = stretches.take();
  assert.deepEqual([only?.start, only?.end, only?.seconds, more.length], [0, 10, 10, 0]);
});

test("a jump ends a stretch, and playing a part again counts again", () => {
  const stretches = new PlayedStretches();
  play(stretches, 0, 4);
  play(stretches, 30, 32);
  play(stretches, 0, 4);
  assert.deepEqual(
    stretches.take().map(({ start, end }) => [start, end]),
    [
      [0, 4],
      [30, 32],
      [0, 4],
    ],
  );
});

test("at double speed half the time is spent", () => {
  const stretches = new PlayedStretches();
  play(stretches, 0, 8, 2);
  assert.equal(stretches.take()[0]?.seconds, 4);
});

test("what goes on is told in pieces that join", () => {
  const stretches = new PlayedStretches();
  play(stretches, 0, 5);
  const first = stretches.take();
  play(stretches, 5, 6);
  assert.deepEqual([first[0]?.end, stretches.take()[0]?.start], [5, 5]);
});

test("looking at a moment without playing is not watching", () => {
  const stretches = new PlayedStretches();
  stretches.tick(3, 1, 0);
  stretches.stop();
  assert.deepEqual(stretches.take(), []);
});
