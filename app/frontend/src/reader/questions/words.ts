/** Words for what answers are. */
import { nt, t } from "../../lib/messages.ts";
import type { Confidence, Question, SelfCheck, Tally } from "./types.ts";

export const confidences = (): [Confidence, string][] => [
  ["sure", t("Sure")],
  ["unsure", t("Unsure")],
  ["guessing", t("Guessing")],
];
export const selfChecks = (): [SelfCheck, string][] => [
  ["had_it", t("I had it")],
  ["partly", t("Partly")],
  ["not_yet", t("Not yet")],
];
export const wordOf = <T extends string>(list: [T, string][], value: T | null): string =>
  list.find(([one]) => one === value)?.[1] ?? "";

/** “9 of 24 right · 5 sure but wrong”. */
export function tallyWords(tally: Tally | undefined): string {
  if (!tally?.answered) return t("Nobody has answered yet");
  const right = nt("%(right)s of %(num)s right", "%(right)s of %(num)s right", tally.answered, {
    right: tally.right,
  });
  if (!tally.sure_but_wrong) return right;
  return `${right} · ${nt("%(num)s sure but wrong", "%(num)s sure but wrong", tally.sure_but_wrong)}`;
}

/** The stem without its Markdown, for lists and labels. */
export const stemWords = (one: Question): string => {
  const text = new DOMParser().parseFromString(one.stem_html, "text/html").body.textContent ?? one.stem;
  const words = text.replace(/\s+/g, " ").trim();
  return words.length > 90 ? `${words.slice(0, 88)}…` : words;
};
