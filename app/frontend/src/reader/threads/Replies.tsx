/** The answers in a thread. Long threads fold in the middle; what is new is never folded away. */
import { useState } from "preact/hooks";
import { nt, t } from "../../lib/messages.ts";
import { isUnread, mine } from "../state.ts";
import type { Annotation } from "../types.ts";
import { AnnotationOrEditor } from "./AnnotationOrEditor.tsx";
import { Deeds } from "./Deeds.tsx";
import type { Thread } from "./model.ts";
import { Reasons } from "./Reasons.tsx";

const LONG = 6;
const ENDS = 2;

export function Replies({ thread, replies }: { thread: Thread; replies: Annotation[] }) {
  const [unfolded, unfold] = useState(false);
  if (!replies.length) return null;
  const folds = !unfolded && replies.length > LONG;
  const hidden = folds ? replies.slice(ENDS, -ENDS).filter((one) => !isUnread(one)) : [];
  return (
    <div class="replies">
      {replies.map((one) =>
        hidden.includes(one) ? (
          one === hidden[0] && (
            <button
              class="button button-quiet button-small"
              type="button"
              key="fold"
              onClick={() => unfold(true)}
            >
              {nt("Show %(num)s more reply", "Show %(num)s more replies", hidden.length)}
            </button>
          )
        ) : (
          <Reply one={one} thread={thread} key={one.id} />
        ),
      )}
    </div>
  );
}

function Reply({ one, thread }: { one: Annotation; thread: Thread }) {
  if (mine.value.reported.has(one.id))
    return <p class="soft">{t("Folded, because you told your teacher about it.")}</p>;
  return (
    <div class="reply">
      <AnnotationOrEditor one={one}>
        <div class="annotation-foot">
          <Deeds one={one} thread={thread.head} />
        </div>
      </AnnotationOrEditor>
      <Reasons one={one} />
    </div>
  );
}
