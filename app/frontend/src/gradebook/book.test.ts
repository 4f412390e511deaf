import assert from "node:assert/strict";
import { test } from "node:test";
import { histogram, type Row, typedPoints } from "./book.ts";

test("points may be typed with a decimal comma, emptied, and not beyond what can be reached", () => {
  assert.equal(typedPoints(" 7,5 ", 10), 7.5);
  assert.equal(typedPoints("", 10), null);
  for (const odd of ["11", "-1", "seven", "1e9"]) assert.equal(typedPoints(odd, 10), undefined);
});

test("full credit belongs to the last bar, and what is missing to none", () => {
  const row = (points: number | null): Row => ({
    id: "",
    name: "",
    section: "",
    total: points,
    passed: null,
    cells: [[points, "s"]],
  });
  const bars = histogram([row(10), row(9.5), row(0), row(null)], 0, 10);
  assert.deepEqual(bars, [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
});
