/** The dialog behind “Continue on my phone”: a code, where to type it, and a picture of both for the camera. */
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, api } from "./api.ts";
import type { EntryOut, EntryStateOut } from "./api-types.ts";
import { t } from "./messages.ts";
import { clock, moment } from "./time.ts";

type Entry = EntryOut;
type State = EntryStateOut["state"];
const ASKED_EVERY_MS = 3000;
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Opens it; `closed` is called once it has gone. */
export function showPhoneDialog(next: string, closed: () => void): void {
  const place = document.createElement("div");
  document.body.append(place);
  const leave = () => {
    render(null, place);
    place.remove();
    closed();
  };
  render(<PhoneDialog next={next} leave={leave} />, place);
}

function PhoneDialog({ next, leave }: { next: string; leave: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [entry, setEntry] = useState<Entry>();
  const [until, setUntil] = useState(0);
  const [state, setState] = useState<State>("waiting");
  const [problem, setProblem] = useState("");
  const make = async () => {
    setProblem("");
    try {
      const made = await api<Entry>("/me/entries", { method: "POST", body: { telephone: true, next } });
      setUntil(Date.now() + made.seconds * 1000);
      setEntry(made);
      setState("waiting");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    }
  };
  useEffect(() => {
    dialog.current?.showModal();
    void make();
  }, []);
  useEffect(() => watch(entry, until, state, setState), [entry, until, state]);
  return (
    <dialog class="dialog" ref={dialog} onClose={leave} aria-labelledby="phone-title">
      <h2 id="phone-title">{t("Continue on your phone")}</h2>
      {problem && <p role="alert">{problem}</p>}
      {entry && state === "waiting" && <Code entry={entry} until={until} />}
      <p role="status" class={state === "waiting" ? "visually-hidden" : ""}>
        {entry ? sentenceOf(state) : ""}
      </p>
      <div class="button-row">
        {state !== "used" && (
          <button class="button" type="button" onClick={() => void make()}>
            {t("Make a new code")}
          </button>
        )}
        <button class="button button-primary" type="button" onClick={() => dialog.current?.close()}>
          {t("Close")}
        </button>
      </div>
    </dialog>
  );
}

/** Said once each, since it stands in a live region; the seconds that run are for the eye alone. */
function sentenceOf(state: State): string {
  if (state === "used") return t("Your phone has used the code. You can go on there.");
  if (state === "over") return t("This code is too old. Make a new one.");
  return t("The code is ready.");
}

function Code({ entry, until }: { entry: Entry; until: number }) {
  const address = entry.url.replace(/^https?:\/\//, "");
  return (
    <>
      {LOOPBACK.test(location.hostname) && (
        <p class="notice">{t("This Foreword runs on your own computer only: a phone cannot reach it.")}</p>
      )}
      <div class="phone-ways">
        <Picture entry={entry} />
        <div>
          <p>
            {t("Point your phone's camera at the picture. Or open this address there, and type the code:")}
          </p>
          <p class="phone-address">{address}</p>
          <p class="phone-code">
            <code>{entry.code}</code>
          </p>
          <p class="small soft">
            {t("It works once, until %(time)s.", { time: clock(new Date(until).toISOString()) })}{" "}
            <Countdown until={until} />
          </p>
        </div>
      </div>
      <p class="small">
        {t(
          "You go on with this page, signed in as yourself: show the code to nobody. Text that you have not sent yet is kept on the server and is there, too.",
        )}
      </p>
    </>
  );
}

function Picture({ entry }: { entry: Entry }) {
  if (!entry.picture) return null;
  const { size, path } = entry.picture;
  return (
    <svg
      class="phone-picture"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t("QR code with the address and the code that stand beside it.")}
    >
      <path d={path} />
    </svg>
  );
}

function Countdown({ until }: { until: number }) {
  const [left, setLeft] = useState(secondsTo(until));
  useEffect(() => {
    setLeft(secondsTo(until));
    const timer = setInterval(() => setLeft(secondsTo(until)), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return <span aria-hidden="true">{moment(left)}</span>;
}

const secondsTo = (until: number): number => Math.max(0, Math.round((until - Date.now()) / 1000));

/** Asks whether the code was used, while it waits and somebody looks. */
function watch(entry: Entry | undefined, until: number, state: State, set: (state: State) => void) {
  if (!entry?.id || state !== "waiting") return;
  const timer = setInterval(async () => {
    if (document.hidden) return;
    if (Date.now() >= until) return set("over");
    try {
      set((await api<{ state: State }>(`/me/entries/${entry.id}`, { retries: 0 })).state);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // the next look tries again
    }
  }, ASKED_EVERY_MS);
  return () => clearInterval(timer);
}
