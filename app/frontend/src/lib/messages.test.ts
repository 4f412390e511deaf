import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { locale, nt, t, useMessages } from "./messages.ts";

beforeEach(() => useMessages(""));

test("without a catalogue the English of the code is shown", () => {
  assert.equal(t("%(name)s replied", { name: "Ana" }), "Ana replied");
  assert.equal(nt("%(num)s reply", "%(num)s replies", 1), "1 reply");
  assert.equal(nt("%(num)s reply", "%(num)s replies", 2), "2 replies");
});

test("a translation is used and filled", () => {
  useMessages('{"locale": "de", "messages": {"%(name)s replied": "%(name)s hat geantwortet"}}');
  assert.equal(t("%(name)s replied", { name: "Ana" }), "Ana hat geantwortet");
  assert.equal(t("Send"), "Send");
});

test("each language has its own plural forms", () => {
  useMessages(
    '{"locale": "pl", "messages": {"%(num)s reply": ["%(num)s odp.", "%(num)s odpowiedzi", "%(num)s wielu"]}}',
  );
  const said = [1, 3, 5].map((count) => nt("%(num)s reply", "%(num)s replies", count));
  assert.deepEqual(said, ["1 odp.", "3 odpowiedzi", "5 wielu"]);
});

test("numbers are written as the language writes them", () => {
  useMessages('{"locale": "de", "messages": {}}');
  assert.equal(nt("%(num)s line", "%(num)s lines", 12345), "12.345 lines");
});

test("a damaged catalogue leaves English", () => {
  useMessages("{");
  assert.equal(t("Send"), "Send");
  assert.equal(locale(), "en");
});

test("a value that is missing leaves its name visible", () => {
  assert.equal(t("%(name)s replied"), "%(name)s replied");
});
