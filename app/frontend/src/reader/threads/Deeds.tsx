/** The small deeds under an annotation: helpful, me too, solved, and the rest in a menu. */
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { discard, pause, resolve, setHidden, vote } from "../deeds.ts";
import { edit } from "../editing/editors.ts";
import { info, mayWrite, teacherName } from "../page-info.ts";
import { RatingMenu } from "../ratings/RatingMenu.tsx";
import { whoWrote } from "../staff.ts";
import { isMine, mine, voteKey } from "../state.ts";
import type { Annotation, Vote } from "../types.ts";
import { asking } from "./asking.ts";

type Props = { one: Annotation; thread: Annotation };

export function Deeds({ one, thread }: Props) {
  if (one.deleted || one.motivation === "highlighting") return <OwnMenu one={one} thread={thread} />;
  const question = one.motivation === "questioning";
  return (
    <>
      <VoteButton one={one} kind="helpful" icon="thumbs-up" word={t("helpful")} />
      {question && <VoteButton one={one} kind="me_too" icon="hand" word={t("me too")} />}
      {question && <Solved one={one} />}
      <OwnMenu one={one} thread={thread} />
    </>
  );
}

function VoteButton({ one, kind, icon, word }: { one: Annotation; kind: Vote; icon: string; word: string }) {
  const count = one.endorsements[kind];
  const pressed = mine.value.votes.has(voteKey(one.id, kind));
  const said = nt("%(word)s, %(num)s person", "%(word)s, %(num)s people", count, { word });
  if (isMine(one) || !mayWrite())
    return count ? (
      <span class="deed" data-still title={said}>
        <Icon name={icon} />
        <span>{word}</span> {count}
      </span>
    ) : null;
  return (
    <button
      class="deed"
      type="button"
      aria-pressed={pressed}
      aria-label={said}
      data-vote={kind}
      onClick={() => void vote(one, kind)}
    >
      <Icon name={icon} /> {word} {count || ""}
    </button>
  );
}

function Solved({ one }: { one: Annotation }) {
  const solved = one.resolved;
  if (!isMine(one) && !info.viewer.staff)
    return solved ? (
      <span class="deed" data-still data-solved>
        <Icon name="circle-check" />
        {t("solved")}
      </span>
    ) : null;
  return (
    <button class="deed" type="button" aria-pressed={solved} onClick={() => void resolve(one, !solved)}>
      <Icon name="circle-check" /> {isMine(one) ? t("solved for me") : t("solved")}
    </button>
  );
}

function OwnMenu({ one, thread }: Props) {
  const items = itemsFor(one, thread);
  if (!items.length || one.deleted) return null;
  return (
    <details class="menu deed-menu" data-menu>
      <summary class="deed" aria-label={t("More")} title={t("More")}>
        <Icon name="ellipsis" />
      </summary>
      <div class="menu-panel">
        <RatingMenu one={one} />
        {items.map(({ label, icon, run, danger }) => (
          <button
            class={`menu-item${danger ? " menu-item-danger" : ""}`}
            type="button"
            key={label}
            onClick={run}
          >
            <Icon name={icon} /> {label}
          </button>
        ))}
      </div>
    </details>
  );
}

type Item = { label: string; icon: string; run: () => void; danger?: boolean };

function itemsFor(one: Annotation, thread: Annotation): Item[] {
  if (info.viewer.previewing || info.viewer.role === "observer") return [];
  const own = isMine(one);
  const { staff } = info.viewer;
  const open = own && mayWrite();
  return [
    open &&
      one.motivation !== "highlighting" && { label: t("Edit"), icon: "pencil", run: () => void edit(one) },
    staff && !own && !one.hidden && { label: t("Hide…"), icon: "eye-off", run: () => ask(one, "hide") },
    staff && one.hidden && { label: t("Show again"), icon: "eye", run: () => void setHidden(one, false, "") },
    staff && one.anonymous && !own && who(one),
    staff && one.id === thread.id && pausing(one),
    !staff &&
      !own && {
        label: t("Tell %(teacher)s…", { teacher: teacherName() }),
        icon: "flag",
        run: () => ask(one, "report"),
      },
    (open || (staff && own)) && {
      label: t("Delete"),
      icon: "trash-2",
      run: () => discard(one),
      danger: true,
    },
  ].filter((item): item is Item => Boolean(item));
}

const who = (one: Annotation): Item => ({
  label: t("Who wrote this? (is recorded)"),
  icon: "user-search",
  run: () => void whoWrote(one.id),
});

const pausing = (one: Annotation): Item =>
  one.paused
    ? { label: t("Let people reply again"), icon: "play", run: () => void pause(one, false) }
    : { label: t("Pause this thread"), icon: "pause", run: () => void pause(one, true) };

const ask = (one: Annotation, what: "hide" | "report"): void => {
  asking.value = { one, what };
};
