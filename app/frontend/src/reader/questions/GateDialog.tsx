/** The question at which a video stands still. */
import { t } from "../../lib/messages.ts";
import { Dialog } from "./Dialog.tsx";
import { gate, leaveGate } from "./moments.ts";
import { QuestionCard } from "./QuestionCard.tsx";
import { inOrder, isSettled } from "./state.ts";

export function GateDialog() {
  const open = gate.value;
  if (!open) return null;
  const question = inOrder.value.find(({ id }) => id === open.question.id) ?? open.question;
  const answered = isSettled(question);
  return (
    <Dialog title={t("Before you go on")} close={leaveGate}>
      <QuestionCard question={question} />
      {(answered || !question.required) && (
        <div class="button-row">
          <button class={answered ? "button button-primary" : "button"} type="button" onClick={leaveGate}>
            {answered ? t("Go on watching") : t("Later")}
          </button>
        </div>
      )}
    </Dialog>
  );
}
