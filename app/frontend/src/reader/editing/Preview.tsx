/** How the text will look, made by the server; shown once there is more in it than plain words. */
import { useEffect, useState } from "preact/hooks";
import { ApiError, api } from "../../lib/api.ts";
import { t } from "../../lib/messages.ts";
import { SanitisedHtml } from "../SanitisedHtml.tsx";

const AFTER_TYPING_MS = 400;
/** Signs of Markdown or a formula. */
const MORE_THAN_WORDS = /[*_`$>#[]|^\s*[-+\d]/m;

export function Preview({ body }: { body: string }) {
  const [html, setHtml] = useState("");
  const wanted = MORE_THAN_WORDS.test(body);
  useEffect(() => {
    if (!wanted) return setHtml("");
    const given = new AbortController();
    const timer = setTimeout(() => void show(body, given.signal, setHtml), AFTER_TYPING_MS);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
  }, [body, wanted]);
  if (!html) return null;
  return (
    <div class="editor-preview">
      <p class="eyebrow">{t("How it will look")}</p>
      <SanitisedHtml class="annotation-body" html={html} />
    </div>
  );
}

async function show(body: string, signal: AbortSignal, set: (html: string) => void): Promise<void> {
  try {
    // An empty key: nothing is stored, so there is no answer worth keeping.
    const request = { method: "POST", body: { body }, signal, retries: 0, idempotencyKey: "" } as const;
    const made = await api<{ html: string }>("/preview", request);
    if (!signal.aborted) set(made.html);
  } catch (error) {
    // No preview while offline, or overtaken by the next key; the text itself is safe.
    if (!(error instanceof ApiError) && !signal.aborted) throw error;
  }
}
