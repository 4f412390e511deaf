/** Puts the questions into the page. */
import type { Surface } from "../surface.ts";
import { AnswersDialog } from "./Answers.tsx";
import { GateDialog } from "./GateDialog.tsx";
import { stopAtQuestions } from "./moments.ts";
import { resumeAnswers } from "./outbox.ts";
import { QuestionsDialog } from "./QuestionsButton.tsx";
import { showInDocument } from "./rooms.ts";
import { listenToQuestions, loadQuestions, mayAnswer } from "./state.ts";

/** Loads the questions, shows them in the document, and goes on sending what was on its way. */
export async function startQuestions(surface: Surface): Promise<void> {
  listenToQuestions();
  if (mayAnswer()) await resumeAnswers();
  await loadQuestions();
  showInDocument(surface);
  stopAtQuestions(surface);
}

export function QuestionOverlays({ surface }: { surface: Surface }) {
  return (
    <>
      <QuestionsDialog surface={surface} />
      <AnswersDialog />
      <GateDialog />
    </>
  );
}
