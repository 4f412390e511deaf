import assert from "node:assert/strict";
import { test } from "node:test";
import { washes } from "./washes.ts";

const span = (start: number, end: number) => ({ start, end });

test("one thread is a light wash", () => {
  assert.deepEqual(washes([span(3, 9)]).get("others"), [span(3, 9)]);
});

test("where threads overlap the wash is stronger, and only there", () => {
  const found = washes([span(0, 10), span(5, 15)]);
  assert.deepEqual(found.get("others"), [span(0, 5), span(10, 15)]);
  assert.deepEqual(found.get("others-more"), [span(5, 10)]);
});

test("four on one passage are the strongest wash", () => {
  const found = washes([span(0, 4), span(0, 4), span(0, 4), span(0, 4)]);
  assert.deepEqual(found.get("others-most"), [span(0, 4)]);
  assert.deepEqual(found.get("others"), []);
});

test("passages that touch do not count as overlapping", () => {
  assert.deepEqual(washes([span(0, 4), span(4, 8)]).get("others-more"), []);
});
