import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "./order.ts";

const steps = ["a", "b", "c"].map((id) => ({ id }));
const ids = (list: { id: string }[]) => list.map((one) => one.id).join("");

test("a step goes to any place, and beyond the ends to the end", () => {
  assert.equal(ids(moved(steps, "a", 2)), "bca");
  assert.equal(ids(moved(steps, "c", 0)), "cab");
  assert.equal(ids(moved(steps, "b", 1)), "abc");
  assert.equal(ids(moved(steps, "a", 99)), "bca");
  assert.equal(ids(moved(steps, "c", -1)), "cab");
});

test("a step that is gone changes nothing, and the list given stays as it was", () => {
  assert.equal(ids(moved(steps, "x", 0)), "abc");
  assert.equal(ids(steps), "abc");
});
