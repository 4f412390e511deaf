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

test("the very end belongs to the last part, and marks count too", () => {
  const bins = densityOf(
    [thread(100, 100, true)],
    [{ span: { start: 100, end: 100 } }, { span: null }],
    100,
    4,
  );
  assert.deepEqual(bins[3], { all: 2, questions: 1 });
});
