import assert from "node:assert/strict";
import { test } from "node:test";
import { recall, remember } from "./storage.ts";
import { DEFAULTS, parseSettings } from "./theme.ts";

test("nothing, damage and another type of thing all give the defaults", () => {
  for (const stored of [null, "", "{", "null", "[]", '"dark"', "7"])
    assert.deepEqual(parseSettings(stored), DEFAULTS, String(stored));
});

test("each part is checked by itself", () => {
  const settings = parseSettings('{"theme": "dark", "typeface": "comic", "size": 400, "keys": false}');
  assert.deepEqual(settings, { ...DEFAULTS, theme: "dark", size: 30, keys: false });
});

test("a browser without storage remembers for the page", () => {
  remember("colour", "teal");
  assert.equal(recall("colour"), "teal");
  assert.equal(recall("other"), null);
});
