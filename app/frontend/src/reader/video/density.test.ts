import assert from "node:assert/strict";
import { test } from "node:test";
import { densityOf } from "./density.ts";

const thread = (start: number, end: number, question = false) => ({
  span: { start, end },
  question,
  solved: false,
  replies: [],
});

test("a moment counts in its own part, a passage in all that it touches", () => {
  const bins = densityOf([thread(5, 5), thread(10, 29)], [], 100, 10);
  assert.deepEqual(
    bins.map(({ all }) => all),
    [1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  );
});

test("the very end belongs to the last part", () => {
  const bins = densityOf([thread(100, 100, true)], [], 100, 4);
  assert.deepEqual(bins[3], { all: 1, questions: 1, lost: 0 });
});

test("a part tells the most people who are lost at once in it, not the same ones twice", () => {
  const lost = [0, 2, 3, 0, 0, 0, 0, 1];
  const bins = densityOf([], lost, 100, 2);
  assert.deepEqual(
    bins.map((bin) => bin.lost),
    [3, 1],
  );
});
