/** Asking the teacher to look at a rating again: one click, one sentence; and what came of it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { teacherName } from "../page-info.ts";
import { appeal, type Rating } from "./state.ts";

export function AppealBox({ rating }: { rating: Rating }) {
  const [asking, setAsking] = useState(false);
  if (rating.appeal) return <Asked rating={rating} />;
  if (!rating.may_appeal) return null;
  if (asking) return <Form rating={rating} close={() => setAsking(false)} />;
  return (
    <button class="link-button small" type="button" onClick={() => setAsking(true)}>
      {t("Ask %(teacher)s to look at it again", { teacher: teacherName() })}
    </button>
  );
}

function Form({ rating, close }: { rating: Rating; close: () => void }) {
  const [sentence, setSentence] = useState("");
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!sentence.trim() || sending) return;
    setSending(true);
    await appeal(rating.annotation_id, sentence);
    setSending(false);
  };
  const id = `appeal-${rating.annotation_id}`;
  return (
    <form
      class="appeal-form"
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <label class="small" for={id}>
        {t("What did the machine miss? One sentence.")}
      </label>
      <input
        class="input"
        id={id}
        type="text"
        maxLength={500}
        value={sentence}
        ref={field}
        onInput={(event) => setSentence(event.currentTarget.value)}
      />
      <div class="button-row">
        <button
          class="button button-small button-primary"
          type="submit"
          disabled={!sentence.trim() || sending}
        >
          {t("Send to %(teacher)s", { teacher: teacherName() })}
        </button>
        <button class="button button-quiet button-small" type="button" onClick={close}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}

function Asked({ rating: { appeal: asked } }: { rating: Rating }) {
  if (!asked) return null;
  const said =
    asked.state === "open"
      ? t("You asked for a second look. %(teacher)s will answer here.", { teacher: teacherName() })
      : asked.state === "changed"
        ? t("%(teacher)s has looked again and changed the rating:", { teacher: teacherName() })
        : t("%(teacher)s has looked again and keeps the rating:", { teacher: teacherName() });
  return (
    <div class="appeal-told small">
      <p>
        {t("You wrote:")} <q dir="auto">{asked.sentence}</q>
      </p>
      <p>
        {said} {asked.answer && <q dir="auto">{asked.answer}</q>}
      </p>
    </div>
  );
}
