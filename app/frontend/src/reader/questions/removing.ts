/** Takes a question out of the document; for ten seconds it can come back. */
import { ApiError, api } from "../../lib/api.ts";
import { t } from "../../lib/messages.ts";
import { toast } from "../../lib/toast.ts";
import { withAdded, without } from "../state.ts";
import { dropQuestion, leaving } from "./state.ts";
import type { Question } from "./types.ts";

const UNDO_SECONDS = 10;

export function discard({ id }: Question): void {
  leaving.value = withAdded(leaving.value, id);
  const go = async () => {
    stop();
    try {
      await api(`/questions/${id}`, { method: "DELETE", keepalive: true });
      dropQuestion(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(error.message, { tone: "danger" });
    }
    leaving.value = without(leaving.value, id);
  };
  const now = () => void go();
  const timer = setTimeout(now, UNDO_SECONDS * 1000);
  const stop = () => {
    clearTimeout(timer);
    removeEventListener("pagehide", now);
  };
  addEventListener("pagehide", now);
  const undo = () => {
    stop();
    leaving.value = without(leaving.value, id);
  };
  toast(t("Question deleted. Its answers go with it."), {
    seconds: UNDO_SECONDS,
    action: { label: t("Undo"), run: undo },
  });
}
