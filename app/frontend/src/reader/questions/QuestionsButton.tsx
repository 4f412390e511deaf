/** All questions of the document in one list: what is still to answer, or for staff how each was answered. */
import { signal } from "@preact/signals";
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import type { Passage, Surface } from "../surface.ts";
import { ask } from "./asking.ts";
import { Dialog } from "./Dialog.tsx";
import { QuestionCard } from "./QuestionCard.tsx";
import { goTo, hasRoom } from "./rooms.ts";
import { inOrder, isSettled, outcomes, sending } from "./state.ts";
import type { Question } from "./types.ts";
import { stemWords, tallyWords } from "./words.ts";

const open = signal(false);

export function QuestionsButton() {
  const all = inOrder.value;
  if (!all.length) return null;
  const settled = all.filter(isSettled).length;
  const words = info.viewer.staff
    ? nt("%(num)s question in the text", "%(num)s questions in the text", all.length)
    : nt("%(done)s of %(num)s question answered", "%(done)s of %(num)s questions answered", all.length, {
        done: settled,
      });
  return (
    <button
      class="chip questions-open"
      type="button"
      aria-haspopup="dialog"
      onClick={() => {
        open.value = true;
      }}
    >
      <Icon name="circle-help" size={16} /> {words}
    </button>
  );
}

/** A medium that shows a moment has nothing to select: the question is asked at what is shown now. */
type Showing = { here?(): Passage | null };

export function AskHere({ surface }: { surface: Surface & Showing }) {
  if (!info.viewer.staff || !surface.here) return null;
  const askNow = () => {
    const passage = surface.here?.();
    if (passage) ask(passage);
  };
  return (
    <button class="chip" type="button" onClick={askNow}>
      <Icon name="notebook-pen" size={16} /> {t("Ask a question here")}
    </button>
  );
}

export function QuestionsDialog({ surface }: { surface: Surface }) {
  if (!open.value) return null;
  const close = () => {
    open.value = false;
  };
  const here = inOrder.value.filter((one) => hasRoom(surface, one));
  const apart = inOrder.value.filter((one) => !hasRoom(surface, one));
  return (
    <Dialog title={t("Questions")} close={close}>
      <ol class="list questions-list">
        {here.map((one) => (
          <li key={one.id}>
            <button
              class="link-button"
              type="button"
              onClick={() => {
                close();
                goTo(surface, one);
              }}
            >
              {stemWords(one)}
            </button>
            <span class="soft small">{statusOf(one)}</span>
          </li>
        ))}
      </ol>
      {apart.map((one) => (
        <QuestionCard question={one} key={one.id} />
      ))}
    </Dialog>
  );
}

function statusOf(one: Question): string {
  if (info.viewer.staff) return tallyWords(one.tally);
  if (sending.value.has(one.id)) return t("on its way");
  const told = outcomes.value.get(one.id);
  if (!told) return one.required ? t("to answer (required)") : t("to answer");
  if (told.attempts_left) return nt("%(num)s try left", "%(num)s tries left", told.attempts_left);
  return told.correct === null ? t("answered") : told.correct ? t("right") : t("not right");
}
