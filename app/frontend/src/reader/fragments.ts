/** What a selector says of pages, areas and moments, as data and in words. */
import { parseFragment } from "../../../../annotators/fragments.ts";
import { pick } from "../../../../annotators/selectors.ts";
import { t } from "../lib/messages.ts";
import type { Region } from "./surface.ts";
import type { Selector, Span } from "./types.ts";

const fragmentOf = (selectors: readonly Selector[]) =>
  parseFragment(pick(selectors, "FragmentSelector")?.value ?? "");

/** The rectangle that is meant, or null. */
export function regionOf(selectors: readonly Selector[]): Region | null {
  const fragment = fragmentOf(selectors);
  if (!fragment?.box) return null;
  return fragment.page ? { ...fragment.box, page: fragment.page } : fragment.box;
}

/** The moment or interval that is meant, in seconds; null for words. */
export function momentOf(selectors: readonly Selector[]): Span | null {
  const { start, end = start } = fragmentOf(selectors) ?? {};
  return start === undefined || end === undefined ? null : { start, end };
}

/** “02:14”, “02:14–02:20”, “page 3”, “area on page 3”; empty where only words are meant. */
export function wordsOf(selectors: readonly Selector[]): string {
  const fragment = fragmentOf(selectors);
  const moment = momentOf(selectors);
  if (moment) {
    const long = moment.end - moment.start >= 1;
    const time = long ? `${clock(moment.start)}–${clock(moment.end)}` : clock(moment.start);
    return fragment?.box ? t("%(time)s, area of the picture", { time }) : time;
  }
  if (!fragment?.page) return "";
  return fragment.box
    ? t("area on page %(page)s", { page: fragment.page })
    : t("page %(page)s", { page: fragment.page });
}

/** Seconds as people read them: 02:14, or 1:02:14. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}
