import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "./spans.ts";

test("spans that touch or overlap become one", () => {
  assert.deepEqual(
    join(
      [
        { start: 0, end: 5 },
        { start: 10, end: 20 },
      ],
      { start: 5, end: 12 },
    ),
    [{ start: 0, end: 20 }],
  );
});

test("spans apart stay apart, in order", () => {
  const joined = join([{ start: 10, end: 20 }], { start: 0, end: 5 });
  assert.deepEqual(joined, [
    { start: 0, end: 5 },
    { start: 10, end: 20 },
  ]);
});

test("what was given is not changed", () => {
  const given = [{ start: 0, end: 5 }];
  join(given, { start: 3, end: 9 });
  assert.deepEqual(given, [{ start: 0, end: 5 }]);
});
