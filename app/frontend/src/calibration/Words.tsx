/** An annotation as raters see it: the passage, what it answers, the words. Never who wrote it. */
import { Icon } from "../lib/icon.tsx";
import { t } from "../lib/messages.ts";
import { SanitisedHtml } from "../reader/SanitisedHtml.tsx";
import type { Words as Said } from "./types.ts";

export function Words({ words, short = false }: { words: Said; short?: boolean }) {
  return (
    <div class="said" data-short={short || undefined}>
      {words.quote && <Passage words={words} short={short} />}
      {words.reply_to_html && !short && (
        <div class="said-above">
          <p class="eyebrow">{t("In answer to")}</p>
          <SanitisedHtml html={words.reply_to_html} />
        </div>
      )}
      {words.is_question && (
        <p class="said-question small">
          <Icon name="message-circle-question-mark" size={16} /> {t("Question")}
        </p>
      )}
      <SanitisedHtml class="said-body" html={words.body_html} />
    </div>
  );
}

function Passage({ words, short }: { words: Said; short: boolean }) {
  return (
    <blockquote class="said-passage" dir="auto">
      {!short && words.before && `… ${words.before}`}
      <mark>{words.quote}</mark>
      {!short && words.after && `${words.after} …`}
    </blockquote>
  );
}
