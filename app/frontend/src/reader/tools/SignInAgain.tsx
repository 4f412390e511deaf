/** The session has ended: the text stays, and signing in happens in another tab. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { checkSignIn, signedOut } from "../signed-out.ts";

export function SignInAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  const sentence = signedOut.value;
  const open = Boolean(sentence);
  useEffect(() => {
    if (!open) return;
    dialog.current?.showModal();
    const back = () => void checkSignIn();
    addEventListener("focus", back);
    return () => removeEventListener("focus", back);
  }, [open]);
  if (!open) return null;
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby="sign-in-again">
      <h2 id="sign-in-again">{t("Sign in again")}</h2>
      <p role="status">{sentence}</p>
      <div class="button-row">
        <button class="button" type="button" onClick={() => void checkSignIn()}>
          {t("I have signed in")}
        </button>
        <a class="button button-primary" href="/sign-in" target="_blank" rel="noopener">
          {t("Sign in (new tab)")}
        </a>
      </div>
    </dialog>
  );
}
