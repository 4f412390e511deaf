/** A row of keys above the text: Markdown, and what the subject needs. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";

/** What a key writes; the selection goes where the sign ▮ stands. */
const SUBJECT = (): [string, string, string][] => [
  ["x²", "$▮^2$", t("squared")],
  ["√", "$\\sqrt{▮}$", t("square root")],
  ["a⁄b", "$\\frac{▮}{}$", t("fraction")],
  ["Δ", "Δ", t("Delta")],
  ["Ω", "Ω", t("Omega")],
  ["→", "→", t("arrow")],
];

export function Toolbar({ field }: { field: string }) {
  return (
    <markdown-toolbar for={field} class="editor-toolbar" aria-label={t("Writing tools")}>
      <md-bold role="button" class="tool" aria-label={t("bold")} title={t("bold")}>
        <Icon name="bold" size={16} />
      </md-bold>
      <md-italic role="button" class="tool" aria-label={t("italic")} title={t("italic")}>
        <Icon name="italic" size={16} />
      </md-italic>
      <md-unordered-list role="button" class="tool" aria-label={t("list")} title={t("list")}>
        <Icon name="list" size={16} />
      </md-unordered-list>
      <md-quote role="button" class="tool" aria-label={t("quotation")} title={t("quotation")}>
        <Icon name="text-quote" size={16} />
      </md-quote>
      <md-link role="button" class="tool" aria-label={t("link")} title={t("link")}>
        <Icon name="link" size={16} />
      </md-link>
      <span class="tool-gap" aria-hidden="true" />
      {SUBJECT().map(([sign, pattern, name]) => (
        <button
          class="tool"
          type="button"
          key={sign}
          aria-label={name}
          title={name}
          onClick={() => insert(field, pattern)}
        >
          {sign}
        </button>
      ))}
    </markdown-toolbar>
  );
}

/** Puts a pattern around the selection; typing goes on inside. */
export function insert(id: string, pattern: string): void {
  const field = document.getElementById(id) as HTMLTextAreaElement | null;
  if (!field) return;
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end);
  const gap = pattern.indexOf("▮");
  const words = pattern.replace("▮", chosen);
  field.focus();
  field.setRangeText(words, start, end, "end");
  const inside = gap >= 0 && !chosen ? start + gap : start + words.length;
  field.setSelectionRange(inside, inside);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
