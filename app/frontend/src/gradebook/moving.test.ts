import assert from "node:assert/strict";
import { test } from "node:test";
import { stepped } from "./moving.ts";

test("arrows stay within the grid, and a letter is no step", () => {
  assert.deepEqual(stepped({ row: 0, column: 0 }, "ArrowUp", 5, 3), { row: 0, column: 0 });
  assert.deepEqual(stepped({ row: 4, column: 2 }, "ArrowRight", 5, 3), { row: 4, column: 2 });
  assert.deepEqual(stepped({ row: 1, column: 1 }, "PageDown", 5, 3), { row: 4, column: 1 });
  assert.deepEqual(stepped({ row: 2, column: 1 }, "End", 5, 3, true), { row: 4, column: 2 });
  assert.equal(stepped({ row: 1, column: 1 }, "q", 5, 3), null);
});
