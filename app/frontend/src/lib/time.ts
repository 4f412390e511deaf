/** Times as people say them, in the interface's language. Input is ISO 8601 with zone, as the API sends it. */
import { locale, t } from "./messages.ts";
import { once } from "./once.ts";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

// Making a formatter takes a hundred times as long as using it, and a page of threads asks for hundreds.
const distances = once((tag) => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }));
const clocks = once((tag) => new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit" }));
const moments = once((key) => {
  const [tag, timeZone] = key.split(" ");
  return new Intl.DateTimeFormat(tag, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  });
});

/** “5 minutes ago”, “in 2 days”; within a minute “just now”. */
export function relative(iso: string, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return distances(locale()).format(Math.trunc(seconds / length), unit);
  return t("just now");
}

/** The language of dates: the server writes English ones the British way, and so do we. */
const dateLocale = (): string => (locale() === "en" ? "en-GB" : locale());

/** “Thu 8 Jan, 08:00”. */
export const absolute = (iso: string, timeZone = ""): string =>
  moments(`${dateLocale()} ${timeZone}`).format(new Date(iso));

/** “21:14”. */
export const clock = (iso: string): string => clocks(dateLocale()).format(new Date(iso));

/** A moment of a video: 134.5 -> “02:14”, 3734 -> “1:02:14”. */
export function moment(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}
