/** The question at which a video stands still. */
import { t } from "../../lib/messages.ts";
import { Dialog } from "./Dialog.tsx";
import { gate, leaveGate } from "./moments.ts";
import { QuestionCard } from "./QuestionCard.tsx";
import { isSettled, questions } from "./state.ts";

export function GateDialog() {
  const question = questions.value.get(gate.value ?? "");
  if (!question) return null;
  const answered = isSettled(question);
  return (
    <Dialog title={t("Before you go on")} close={() => leaveGate(false)}>
      <QuestionCard question={question} />
      {(answered || !question.required) && (
        <div class="button-row">
          <button
            class={answered ? "button button-primary" : "button"}
            type="button"
            onClick={() => leaveGate(true)}
          >
            {answered ? t("Go on watching") : t("Later")}
          </button>
        </div>
      )}
    </Dialog>
  );
}
