import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Selector } from "../selectors.ts";
import { anchor, describe } from "./anchor.ts";
import { distance, PointText } from "./points.ts";

interface Case {
  text: string;
  selectors: Selector[];
  span: [number, number] | null;
  how: string | null;
}
interface Described {
  name: string;
  text: string;
  start: number;
  end: number;
  selectors: Selector[];
}
const cases: { anchor: Record<string, Case>; describe: Described[] } = JSON.parse(
  readFileSync(new URL("./cases.json", import.meta.url), "utf8"),
);

for (const [name, { text, selectors, span, how }] of Object.entries(cases.anchor)) {
  test(`anchor: ${name}`, () => {
    const found = anchor(new PointText(text), selectors);
    assert.deepEqual(found && [found.span.start, found.span.end], span);
    assert.equal(found?.how ?? null, how);
  });
}

for (const { name, text, start, end, selectors } of cases.describe) {
  test(`describe: ${name}`, () => {
    assert.deepEqual(describe(new PointText(text), start, end), selectors);
  });
}

test("what is no passage cannot be described", () => {
  assert.throws(() => describe(new PointText("abc"), 2, 2), RangeError);
  assert.throws(() => describe(new PointText("abc"), 1, 4), RangeError);
});

test("offsets go forth and back between code points and units", () => {
  const text = new PointText("a😀b😀😀c");
  assert.equal(text.length, 6);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 6].map((point) => text.toUnits(point)),
    [0, 1, 3, 4, 6, 8, 9],
  );
  assert.deepEqual(
    [0, 1, 3, 4, 6, 8, 9].map((unit) => text.toPoints(unit)),
    [0, 1, 2, 3, 4, 5, 6],
  );
  assert.equal(text.slice(1, 4), "😀b😀");
});

test("distances of short and long texts", () => {
  assert.equal(distance("kitten", "sitting"), 3);
  assert.equal(distance("😀", "a"), 1);
  assert.equal(distance("", "abc"), 3);
  assert.equal(distance("ab".repeat(40), "ba".repeat(40)), 2);
  assert.equal(distance("x".repeat(32), "y".repeat(50)), 50);
});
