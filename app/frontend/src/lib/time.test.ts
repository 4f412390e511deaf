import assert from "node:assert/strict";
import { test } from "node:test";
import { moment, relative } from "./time.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");

test("times are said as people say them", () => {
  const said = (iso: string) => relative(iso, NOW);
  assert.equal(said("2026-03-02T11:59:30Z"), "just now");
  assert.equal(said("2026-03-02T11:55:00Z"), "5 minutes ago");
  assert.equal(said("2026-03-01T11:00:00Z"), "yesterday");
  assert.equal(said("2026-03-04T12:00:00+00:00"), "in 2 days");
  assert.equal(said("2025-12-30T12:00:00Z"), "2 months ago");
});

test("a moment of a video is minutes and seconds, with hours where there are any", () => {
  assert.deepEqual([0, 134.9, 3734, -1, Number.NaN].map(moment), [
    "00:00",
    "02:14",
    "1:02:14",
    "00:00",
    "00:00",
  ]);
});
