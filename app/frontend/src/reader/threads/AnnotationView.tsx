/** One annotation: who, when, what, and what one can do with it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { absolute } from "../../lib/time.ts";
import { ago } from "../clock.ts";
import { teacherName } from "../page-info.ts";
import { audienceWords, byline } from "../people.ts";
import { RatingLine } from "../ratings/RatingLine.tsx";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { watch } from "../seen.ts";
import { revealed } from "../staff.ts";
import { isUnread } from "../state.ts";
import type { Annotation } from "../types.ts";
import { Reported } from "./Reported.tsx";

type Props = { one: Annotation; children?: ComponentChildren; short?: boolean };

export function AnnotationView({ one, children, short = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const unread = isUnread(one);
  // A change of words is to be read again.
  useEffect(() => (unread && box.current ? watch(box.current) : undefined), [unread, one.seq]);
  const author = byline(one);
  return (
    <div class="annotation" data-annotation={one.id} data-short={short || undefined} ref={box}>
      <span
        class={`avatar avatar-small${author.teacher ? " avatar-teacher" : ""}`}
        data-hue={author.hue}
        aria-hidden="true"
      >
        {author.initials}
      </span>
      <div class="annotation-head">
        {unread && (
          <span class="unread-dot">
            <span class="visually-hidden">{t("New:")}</span>
          </span>
        )}
        <span class="annotation-author">{author.name}</span>
        {revealed.value.has(one.id) && (
          <span class="chip" data-tone="teacher">
            {t("written by %(name)s", { name: revealed.value.get(one.id) ?? "" })}
          </span>
        )}
        {author.teacher && (
          <span class="chip" data-tone="teacher">
            {author.office}
          </span>
        )}
        <time class="annotation-time" dateTime={one.created} onPointerEnter={sayWhen}>
          {ago(one.created)}
        </time>
        {one.edited && !one.deleted && <span class="annotation-time">{t("edited")}</span>}
        <AudienceChip one={one} />
      </div>
      <Body one={one} />
      {one.hidden && one.hidden_reason && (
        <p class="hidden-reason small">
          {t("Hidden by %(teacher)s: %(reason)s", { teacher: teacherName(), reason: one.hidden_reason })}
        </p>
      )}
      <RatingLine one={one} />
      {children}
      <Reported one={one} />
    </div>
  );
}

/** The full time, worked out when somebody points at the short one: a page of hundreds needs none of them. */
function sayWhen({ currentTarget }: { currentTarget: HTMLTimeElement }): void {
  currentTarget.title = absolute(currentTarget.dateTime);
}

function AudienceChip({ one }: { one: Annotation }) {
  if (one.hidden)
    return (
      <span class="chip" data-tone="danger">
        <Icon name="eye-off" size={16} />
        {t("Hidden")}
      </span>
    );
  const words = audienceWords(one.audience);
  return words ? (
    <span class="chip">
      <Icon name="lock" size={16} />
      {words}
    </span>
  ) : null;
}

function Body({ one }: { one: Annotation }) {
  if (one.deleted) return <p class="annotation-body soft">{t("removed")}</p>;
  if (one.motivation === "highlighting" && !one.body)
    return <p class="annotation-body soft">{t("highlighted this")}</p>;
  return <SanitisedHtml class="annotation-body" html={one.body_html} />;
}
