/** A thread in the margin: its first annotation, and the rest when it is the active one. */
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import { EditorIn } from "../editing/Editor.tsx";
import { editors, reply } from "../editing/editors.ts";
import { info, mayWrite } from "../page-info.ts";
import { byline } from "../people.ts";
import { active, isMine, mine, showWaiting, threadOf, waiting } from "../state.ts";
import type { Annotation } from "../types.ts";
import { AnnotationOrEditor } from "./AnnotationOrEditor.tsx";
import { activate } from "./activate.ts";
import { Deeds } from "./Deeds.tsx";
import { quoteOf, type Thread } from "./model.ts";
import { Reasons } from "./Reasons.tsx";
import { Replies } from "./Replies.tsx";

export function ThreadCard({ thread, withQuote = false }: { thread: Thread; withQuote?: boolean }) {
  const { head, replies, question, solved } = thread;
  const open = active.value === thread.id;
  const author = byline(head);
  const folded = mine.value.reported.has(head.id);
  return (
    <article
      class="thread"
      data-thread={thread.id}
      data-active={open || undefined}
      data-motivation={head.motivation}
      data-solved={solved || undefined}
      data-teacher={author.teacher || undefined}
      data-mine={isMine(head) || undefined}
      aria-label={labelOf(thread, author.name)}
      tabIndex={-1}
    >
      {(withQuote || open) && <Quote thread={thread} />}
      {folded ? (
        <p class="soft">{t("Folded, because you told your teacher about it.")}</p>
      ) : (
        <AnnotationOrEditor one={head} short={!open}>
          <div class="annotation-foot">
            {question && (
              <span class="question-sign" title={t("Question")}>
                ?
              </span>
            )}
            {open ? <Deeds one={head} thread={head} /> : <Summary thread={thread} />}
          </div>
        </AnnotationOrEditor>
      )}
      <Reasons one={head} />
      {open && <Replies thread={thread} replies={replies} />}
      <WaitingReplies thread={thread} />
      {open && <ReplyBox head={head} />}
    </article>
  );
}

const labelOf = ({ head, question, replies }: Thread, name: string): string => {
  const kind = question ? t("Question by %(name)s", { name }) : t("Annotation by %(name)s", { name });
  return replies.length
    ? `${kind}, ${nt("%(num)s reply", "%(num)s replies", replies.length)}`
    : head.deleted
      ? t("removed")
      : kind;
};

function Quote({ thread }: { thread: Thread }) {
  const quote = quoteOf(thread);
  return quote ? (
    <blockquote class="thread-quote" title={quote}>
      <q>{quote}</q>
    </blockquote>
  ) : null;
}

/** What a closed thread tells of itself; the button opens it. */
function Summary({ thread }: { thread: Thread }) {
  const { head, replies, solved } = thread;
  const { helpful, me_too } = head.endorsements;
  return (
    <>
      {me_too > 0 && (
        <span class="deed" data-still>
          {t("me too")} {me_too}
        </span>
      )}
      {helpful > 0 && (
        <span class="deed" data-still>
          {t("helpful")} {helpful}
        </span>
      )}
      {solved && (
        <span class="deed" data-still data-solved>
          <Icon name="circle-check" /> {t("solved")}
        </span>
      )}
      <button
        class="deed thread-open"
        type="button"
        aria-expanded="false"
        onClick={() => activate(thread.id)}
      >
        {replies.length ? nt("%(num)s reply", "%(num)s replies", replies.length) : t("Open")}
      </button>
    </>
  );
}

function WaitingReplies({ thread }: { thread: Thread }) {
  const count = [...waiting.value.values()].filter((one) => threadOf(one) === thread.id).length;
  if (!count) return null;
  return (
    <button class="new-pill" type="button" onClick={() => showWaiting(thread.id)}>
      {nt("%(num)s new reply – show", "%(num)s new replies – show", count)}
    </button>
  );
}

function ReplyBox({ head }: { head: Annotation }) {
  // A reply alone: its thread was taken from view.
  if (!mayWrite() || head.parent_id) return null;
  const editor = [...editors.value.values()].find((one) => one.parent_id === head.id && one.open);
  if (editor) return <EditorIn slot={editor.slot} />;
  if (head.paused && !info.viewer.staff)
    return (
      <p class="soft small thread-paused">
        <Icon name="pause" size={16} /> {t("Replies are paused here.")}
      </p>
    );
  if (head.motivation === "highlighting") return null;
  return (
    <button class="button button-small reply-button" type="button" onClick={() => void reply(head)}>
      <Icon name="reply" /> {t("Reply")}
    </button>
  );
}
