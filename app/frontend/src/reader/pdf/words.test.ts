import assert from "node:assert/strict";
import { test } from "node:test";
import { PointText } from "../../../../../annotators/text/points.ts";
import { bandsOf, nearestOffset, wordsOnPage } from "./words.ts";

// “Light bends” on one line, “here” on the next; boxes in ten-thousandths of the page.
const axis = new PointText("Light bends\nhere");
const page = {
  number: 1,
  width: 600,
  height: 800,
  start: 0,
  end: 16,
  words: [0, 1000, 1000, 1000, 200, 6, 2200, 1050, 1000, 150, 12, 1000, 2000, 800, 200],
};
const words = wordsOnPage(page, axis);

test("words come with what stands between them, so that together they are the page's text", () => {
  assert.equal(words.map(({ text, tail }) => text + tail).join(""), axis.units);
});

test("the words of a line are equally high", () => {
  assert.deepEqual([words[0]?.top, words[0]?.bottom], [words[1]?.top, words[1]?.bottom]);
});

test("a passage is one band for each line", () => {
  const bands = bandsOf(words, { start: 0, end: 16 });
  assert.deepEqual(
    bands.map(({ left, right }) => [left, right]),
    [
      [10, 32],
      [10, 18],
    ],
  );
});

test("a part of a word is a part of its box, from the other side where one writes from right to left", () => {
  const [half] = bandsOf(words, { start: 12, end: 14 });
  assert.deepEqual([half?.left, half?.right], [10, 14]);
  const [turned] = bandsOf([{ ...words[2], rtl: true } as (typeof words)[0]], { start: 12, end: 14 });
  assert.deepEqual([turned?.left, turned?.right], [14, 18]);
});

test("a point beyond a line's end belongs to its last letter, not to a nearer word of another line", () => {
  assert.equal(nearestOffset(words, 60, 11)?.at, 11);
  assert.equal(nearestOffset(words, 10, 20.5)?.at, 12);
  assert.equal(nearestOffset(words, 60, 11)?.inside, false);
});
