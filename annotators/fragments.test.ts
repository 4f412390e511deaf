import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Fragment, parseFragment, writeBox, writeNumber } from "./fragments.ts";
import * as image from "./image/anchor.ts";
import * as pdf from "./pdf/anchor.ts";
import { PointText } from "./text/points.ts";
import * as video from "./video/anchor.ts";

const cases: Record<string, Fragment | null> = JSON.parse(
  readFileSync(new URL("./fragment_cases.json", import.meta.url), "utf8"),
);

for (const [value, expected] of Object.entries(cases)) {
  test(`fragment ${JSON.stringify(value)}`, () => {
    assert.deepEqual(parseFragment(value), expected);
  });
}

test("numbers are written short", () => {
  assert.deepEqual([12.5, 17, 1 / 3, 0, 0.0004, 2.0005].map(writeNumber), [
    "12.5",
    "17",
    "0.333",
    "0",
    "0",
    "2.001",
  ]);
});

test("a moment and an interval go forth and back, and are cut at the end", () => {
  assert.deepEqual(video.anchor(video.describe(12.5, 17))?.span, { start: 12.5, end: 17 });
  assert.deepEqual(video.anchor(video.describe(12.5), 60)?.span, { start: 12.5, end: 12.5 });
  assert.deepEqual(video.anchor(video.describe(50, 70), 60)?.span, { start: 50, end: 60 });
  assert.equal(video.anchor(video.describe(61), 60), null);
  assert.equal(video.anchor([{ type: "TextQuoteSelector", exact: "words" }], 60), null);
  assert.throws(() => video.describe(3, 2), RangeError);
});

test("a region goes forth and back", () => {
  const box = { x: 1, y: 2.25, width: 30, height: 40 };
  assert.equal(writeBox(box), "xywh=percent:1,2.25,30,40");
  assert.deepEqual(image.region(image.describe(box)), box);
});

test("pages of a PDF", () => {
  const text = new PointText("o😀e\f\ufffc\fthree");
  assert.deepEqual(pdf.pageSpan(text, 3), { start: 6, end: 11 });
  assert.equal(pdf.pageSpan(text, 4), null);
  const selectors = pdf.describe(text, 6, 11);
  assert.deepEqual(selectors.at(-1), {
    type: "FragmentSelector",
    value: "page=3",
    conformsTo: "http://www.w3.org/TR/media-frags/",
  });
  assert.deepEqual(pdf.anchor(text, selectors), { span: { start: 6, end: 11 }, how: "exact", score: 1 });
  const region = pdf.describeRegion(2, { x: 0, y: 0, width: 50, height: 50 });
  assert.deepEqual(pdf.anchor(text, region)?.span, { start: 4, end: 5 });
});
