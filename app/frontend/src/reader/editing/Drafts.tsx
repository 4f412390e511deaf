/** What is not posted yet: drafts that were put away, and texts that wait for a connection. */
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import type { Surface } from "../surface.ts";
import { type Editor, editors } from "./editors.ts";
import { takeUp, throwAway } from "./putting-away.ts";

export function Drafts({ surface }: { surface: Surface }) {
  const away = [...editors.value.values()].filter((one) => !one.open && one.body.trim());
  if (!away.length) return null;
  return (
    <section class="drafts" aria-label={t("Not posted yet")}>
      <h2 class="small">{nt("%(num)s text not posted yet", "%(num)s texts not posted yet", away.length)}</h2>
      <ul class="list">
        {away.map((editor) => (
          <Draft editor={editor} surface={surface} key={editor.key} />
        ))}
      </ul>
    </section>
  );
}

function Draft({ editor, surface }: { editor: Editor; surface: Surface }) {
  const words = editor.body.trim().slice(0, 80);
  const open = () => {
    if (editor.span) surface.scrollTo(editor.span);
    takeUp(editor);
  };
  return (
    <li class="draft">
      <p class="draft-words" dir="auto">
        {words}
      </p>
      <p class="small soft">
        {editor.sending ? (
          (editor.problem ?? t("Posting…"))
        ) : (
          <>
            <button class="link-button" type="button" onClick={open}>
              {t("Go on writing")}
            </button>{" "}
            <button
              class="link-button"
              type="button"
              aria-label={t("Delete the draft “%(words)s”", { words })}
              onClick={() => throwAway(editor)}
            >
              <Icon name="trash-2" size={16} /> {t("Delete")}
            </button>
          </>
        )}
      </p>
    </li>
  );
}
