/** Everything right of the text: filters, what is new, drafts, the threads, and those that lost their place. */
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { announce } from "../announce.ts";
import { Drafts } from "../editing/Drafts.tsx";
import { beside, sheet } from "../layout.ts";
import { endedBecause, live } from "../live/status.ts";
import { mayWrite } from "../page-info.ts";
import { AskHere, QuestionsButton } from "../questions/QuestionsButton.tsx";
import { RatingsButton } from "../ratings/RatingsPanel.tsx";
import { loaded, present, showWaiting, threadOf, waiting } from "../state.ts";
import type { Surface } from "../surface.ts";
import { SheetGrip } from "../tools/SheetGrip.tsx";
import { activate } from "./activate.ts";
import { Filters } from "./Filters.tsx";
import { isFiltered, orphans, placed, threads } from "./model.ts";
import { ThreadCard } from "./ThreadCard.tsx";
import { ThreadColumn } from "./ThreadColumn.tsx";

export function ThreadPanel({ surface }: { surface: Surface }) {
  return (
    <div class="thread-panel" data-height={beside.value ? undefined : sheet.value}>
      {!beside.value && <SheetGrip />}
      <div class="thread-panel-head">
        <Filters />
        <LiveLine />
        <NewPill />
        <div class="panel-more">
          <QuestionsButton />
          <AskHere surface={surface} />
          <RatingsButton />
        </div>
      </div>
      <div class="thread-panel-body">
        <div class="thread-panel-top">
          <Drafts surface={surface} />
          {loaded.value && !placed.value.length && !orphans.value.length && (
            <Empty onTimeline={!surface.aligned} />
          )}
        </div>
        <ThreadColumn surface={surface} />
        <LostPlace />
      </div>
    </div>
  );
}

function NewPill() {
  const count = waiting.value.size;
  if (!count) return null;
  const show = () => {
    const first = showWaiting()[0];
    if (first) activate(threadOf(first), { scroll: true, focus: true });
    announce(nt("%(num)s new annotation is shown.", "%(num)s new annotations are shown.", count));
  };
  return (
    <button class="new-pill" type="button" onClick={show}>
      <Icon name="sparkles" size={16} /> {t("new: %(count)s – show", { count })}
    </button>
  );
}

function LiveLine() {
  const words = {
    connecting: "",
    live: present.value > 1 ? t("%(count)s are here now", { count: present.value }) : "",
    polling: t("Live is paused: looking every 15 seconds."),
    paused: t("No connection. What you write is kept and sent later."),
    ended: endedBecause.value || t("Live has ended. Load the page again."),
  }[live.value];
  if (!words) return null;
  return (
    <p class="live-line small soft" role={live.value === "live" ? undefined : "status"}>
      <Icon name={live.value === "live" ? "users" : "wifi-off"} size={16} /> {words}
    </p>
  );
}

function Empty({ onTimeline }: { onTimeline: boolean }) {
  if (isFiltered.value && threads.value.length) return null;
  if (!mayWrite()) return <p class="empty-example">{t("Nobody has written anything here yet.")}</p>;
  return (
    <div class="empty threads-empty">
      <Icon name="pencil" />
      <p>
        {onTimeline
          ? t("Nobody has written anything yet. Stop at a moment, then choose what to do with it.")
          : t(
              "Nobody has written anything yet. Select a few words of the text, then choose what to do with them.",
            )}
      </p>
      <p class="empty-example">{t("For example: “Why does it turn, and not only slow down?”")}</p>
    </div>
  );
}

/** Annotations whose passage is not in the text any more: shown, never dropped. */
function LostPlace() {
  if (!orphans.value.length) return null;
  return (
    <section class="lost-place" aria-labelledby="lost-place-title">
      <h2 id="lost-place-title">{t("Lost their place")}</h2>
      <p class="soft small">{t("The text was changed, and these passages are not in it any more.")}</p>
      {orphans.value.map((thread) => (
        <ThreadCard thread={thread} withQuote key={thread.id} />
      ))}
    </section>
  );
}
