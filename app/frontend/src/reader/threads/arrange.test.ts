import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, fold } from "./arrange.ts";

const slots = (...wishes: number[]) =>
  wishes.map((wish, index) => ({ key: "abcdef"[index] as string, wish, height: 100 }));

test("where there is room, each stands beside its passage", () => {
  assert.deepEqual(
    [...arrange(slots(10, 300, 700), null)],
    [
      ["a", 10],
      ["b", 300],
      ["c", 700],
    ],
  );
});

test("where it is crowded, the later ones move down", () => {
  assert.deepEqual([...arrange(slots(10, 20, 30), null).values()], [10, 118, 226]);
});

test("the active one stands exactly, and those above make room", () => {
  const places = arrange(slots(200, 320, 340), "c");
  assert.equal(places.get("c"), 340);
  assert.ok((places.get("b") as number) + 100 <= 340);
  assert.ok((places.get("a") as number) + 100 <= (places.get("b") as number));
});

test("nobody is pushed out at the top", () => {
  const places = arrange(slots(0, 0, 0), "c");
  assert.ok([...places.values()].every((top) => top >= 0));
});

test("what has no room above the active one is folded, so that it can stand exactly", () => {
  const wishes = Array.from({ length: 8 }, (_, index) => ({ key: String(index), wish: 20 * index }));
  assert.deepEqual(fold(wishes, new Set(["4"]), "4").slice(0, 2), [["0", "1", "2", "3"], "4"]);
});

test("what would stand too far away is folded, except what must stay", () => {
  const wishes = Array.from({ length: 12 }, (_, index) => ({ key: String(index), wish: 0 }));
  const folded = fold(wishes, new Set(["11"]));
  assert.equal(folded.flat().length, 12);
  assert.ok(folded.some((one) => Array.isArray(one)));
  assert.equal(folded.at(-1), "11");
});
