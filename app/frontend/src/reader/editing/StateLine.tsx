/** Where the text is, honestly. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { clock } from "../../lib/time.ts";
import type { Editor } from "./editors.ts";

export function StateLine({ editor }: { editor: Editor }) {
  const { body, kept, kept_at, problem, sending } = editor;
  if (problem)
    return (
      <p class="state-line" data-tone="problem" role="status">
        <Icon name="triangle-alert" size={16} /> {problem}
      </p>
    );
  if (sending)
    return (
      <p class="state-line" role="status">
        {t("Posting…")}
      </p>
    );
  if (!body.trim()) return <p class="state-line" />;
  const time = kept_at ? clock(kept_at) : "";
  if (kept === "server")
    return (
      <p class="state-line">
        <Icon name="cloud-check" size={16} /> {t("draft safe on the server %(time)s", { time })}
      </p>
    );
  if (kept === "browser")
    return (
      <p class="state-line">
        <Icon name="hard-drive" size={16} /> {t("kept in this browser %(time)s", { time })}
      </p>
    );
  return <p class="state-line">{t("only in this window")}</p>;
}
