/** The session ended while somebody wrote: ask to sign in again, without leaving the page. */
import { signal } from "@preact/signals";
import { ApiError, api } from "../lib/api.ts";
import { t } from "../lib/messages.ts";
import { info } from "./page-info.ts";

/** Shown when the session has ended; holds the sentence, empty while all is well. */
export const signedOut = signal("");
let waiting: (() => void)[] = [];

export function askToSignIn(): void {
  signedOut.value ||= t("You have been signed out. What you wrote is safe in this window.");
}

/** Resolves when the person is signed in again. */
export const signedIn = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));

/** Looks whether the same person is signed in again, takes the new form token, and lets everything go on. */
export async function checkSignIn(): Promise<boolean> {
  try {
    const me = await api<{ id: string; name: string }>("/me", { retries: 0 });
    if (me.id !== info.viewer.id) {
      signedOut.value = t(
        "%(name)s is signed in now. Sign in as %(own)s, so that your text is posted under your name.",
        {
          name: me.name,
          own: info.viewer.name,
        },
      );
      return false;
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    signedOut.value = error.status === 401 ? t("You are still signed out.") : error.message;
    return false;
  }
  await renewFormToken();
  signedOut.value = "";
  for (const go of waiting) go();
  waiting = [];
  return true;
}

async function renewFormToken(): Promise<void> {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  if (fresh && meta) meta.content = fresh;
}
