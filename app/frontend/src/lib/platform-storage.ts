/**
 * LTI Client Side postMessages: an LMS keeps a few values for frames whose browser keeps no cookies.
 *
 * Answers count only if they come from the window that was asked, from the LMS's own origin, and carry the number of
 * the question: at top level a page hears its own messages, and any frame may send some.
 */

/** Where the LMS keeps things: the name of a sibling frame, or `_parent`; its origin; the name of the value. */
export type StoragePlace = { frame: string; origin: string; key: string };

type Answer = { subject?: string; message_id?: string; value?: string; error?: unknown };
// The LMS's page may still be loading when the frame asks, and hear nothing yet: the question is repeated.
const PATIENCE_MS = 8_000;
const AGAIN_MS = 500;

/** The LMS's window of that name, as seen from our frame. */
function target(frame: string): Window | null {
  const above = window.parent === window ? window.opener : window.parent;
  if (!above || frame === "_parent") return above;
  try {
    return above.frames[frame as unknown as number] ?? above;
  } catch {
    return above;
  }
}

function ask(place: StoragePlace, subject: string, more: Record<string, string>): Promise<Answer> {
  const to = target(place.frame);
  const id = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    if (!to || to === window) return reject(new Error("no LMS above this page"));
    const question = (): void =>
      to.postMessage({ subject, message_id: id, key: place.key, ...more }, place.origin);
    const again = setInterval(question, AGAIN_MS);
    const late = setTimeout(() => done(() => reject(new Error("the LMS does not answer"))), PATIENCE_MS);
    const done = (deed: () => void): void => {
      clearInterval(again);
      clearTimeout(late);
      window.removeEventListener("message", listen);
      deed();
    };
    const listen = (event: MessageEvent<Answer>): void => {
      if (event.origin !== place.origin || event.source !== to || event.data?.message_id !== id) return;
      if (event.data.subject !== `${subject}.response`) return;
      done(() => (event.data.error ? reject(new Error("the LMS refuses")) : resolve(event.data)));
    };
    window.addEventListener("message", listen);
    question();
  });
}

/** Has the LMS keep a value. Rejects when it does not answer within eight seconds. */
export async function putData(place: StoragePlace, value: string): Promise<void> {
  await ask(place, "lti.put_data", { value });
}

/** The value that the LMS keeps; rejects when there is none. */
export async function getData(place: StoragePlace): Promise<string> {
  const { value } = await ask(place, "lti.get_data", {});
  if (!value) throw new Error("nothing is kept");
  return value;
}
