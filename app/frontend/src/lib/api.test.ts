import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { type ApiError, api, backOff } from "./api.ts";

type Call = { url: string; method: string; headers: Record<string, string>; body: unknown };
const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** The network is outside of this machine, so it is replaced: each answer once, in turn. */
function network(...answers: (Response | Error)[]): Call[] {
  const calls: Call[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    const { method = "", headers, body } = init;
    calls.push({ url, method, headers: headers as Record<string, string>, body });
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new TypeError("no more answers");
    return answer;
  }) as typeof fetch;
  return calls;
}

const json = (status: number, value: unknown, headers = {}) =>
  new Response(JSON.stringify(value), { status, headers });

test("a POST carries JSON and an idempotency key; the answer is its JSON", async () => {
  const calls = network(json(201, { id: "7" }));
  assert.deepEqual(await api("/courses", { method: "POST", body: { title: "Optics" } }), { id: "7" });
  assert.equal(calls[0]?.url, "/api/v1/courses");
  assert.equal(calls[0]?.body, '{"title":"Optics"}');
  assert.match(calls[0]?.headers["Idempotency-Key"] ?? "", /^[\w-]{32,}$/);
});

test("after a failing network the same key is sent again", async () => {
  const calls = network(new TypeError("connection lost"), json(200, { ok: true }));
  await api("/courses", { method: "POST", body: {} });
  assert.equal(calls.length, 2);
  assert.equal(calls[0]?.headers["Idempotency-Key"], calls[1]?.headers["Idempotency-Key"]);
});

test("a problem is thrown with its code, its sentence and its fields, and not tried again", async () => {
  const errors = [{ pointer: "/title", detail: "Give it a title." }];
  const calls = network(json(422, { code: "unprocessable", detail: "Not quite yet.", errors }));
  await assert.rejects(api("/courses", { method: "POST", body: {} }), (error: ApiError) => {
    assert.deepEqual([error.status, error.code, error.message], [422, "unprocessable", "Not quite yet."]);
    assert.deepEqual(error.errors, errors);
    return !error.passing;
  });
  assert.equal(calls.length, 1);
});

test("a page instead of JSON still gives a sentence", async () => {
  network(new Response("<html>", { status: 413 }));
  await assert.rejects(api("/documents", { method: "POST" }), { status: 413, message: "This is too large." });
});

test("no network at all says that the text is still here", async () => {
  network(new TypeError("offline"));
  await assert.rejects(
    api("/me", { retries: 0 }),
    (error: ApiError) => error.status === 0 && /text is still here/.test(error.message),
  );
});

test("an empty answer is undefined", async () => {
  network(new Response(null, { status: 204 }));
  assert.equal(await api("/annotations/1", { method: "DELETE" }), undefined);
});

test("waiting doubles, stays under a limit and heeds the server", () => {
  assert.deepEqual(
    [0, 1, 2].map((attempt) => backOff(attempt, null, 0.5)),
    [400, 800, 1600],
  );
  assert.equal(backOff(20, null, 0.5), 30_000);
  assert.equal(backOff(0, 7, 0), 7000);
});
