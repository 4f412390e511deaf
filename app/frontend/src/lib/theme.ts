/** Theme and reading settings: kept in this browser, shown as data attributes on <html> (see styles/tokens). */
import { recall, remember } from "./storage.ts";

export type Theme = "device" | "light" | "dark";
export type Typeface = "serif" | "sans" | "hyperlegible";
export type Leading = "normal" | "wide";
export type ReadingSettings = {
  theme: Theme;
  typeface: Typeface;
  leading: Leading;
  /** Size of the document's text in pixels at 100 % zoom. */
  size: number;
  /** Whether single keys (j, k, n …) do something on the reading page. */
  keys: boolean;
};

export const DEFAULTS: ReadingSettings = {
  theme: "device",
  typeface: "serif",
  leading: "normal",
  size: 19,
  keys: true,
};
export const SIZES = { smallest: 16, largest: 30 };
const KEY = "foreword.reading";
export const CHANGED = "foreword:settings";

const oneOf = <T>(options: readonly T[], value: unknown, fallback: T): T =>
  options.includes(value as T) ? (value as T) : fallback;

/** Turns whatever was stored into settings that can be used. */
export function parseSettings(json: string | null): ReadingSettings {
  let found: Partial<ReadingSettings> = {};
  try {
    found = (JSON.parse(json ?? "{}") as Partial<ReadingSettings> | null) ?? {};
  } catch {
    found = {};
  }
  const size = Number(found.size) || DEFAULTS.size;
  return {
    theme: oneOf(["device", "light", "dark"], found.theme, DEFAULTS.theme),
    typeface: oneOf(["serif", "sans", "hyperlegible"], found.typeface, DEFAULTS.typeface),
    leading: oneOf(["normal", "wide"], found.leading, DEFAULTS.leading),
    size: Math.min(SIZES.largest, Math.max(SIZES.smallest, Math.round(size))),
    keys: found.keys !== false,
  };
}

export const readSettings = (): ReadingSettings => parseSettings(recall(KEY));

/** Shows settings on the page. */
export function applySettings(settings: ReadingSettings, root: HTMLElement = document.documentElement): void {
  if (settings.theme === "device") delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  root.dataset.typeface = settings.typeface;
  root.dataset.leading = settings.leading;
  root.style.setProperty("--reading-size", `${settings.size / 16}rem`);
}

/** Changes some settings, keeps and shows them, and tells the page (event `foreword:settings` on document). */
export function changeSettings(change: Partial<ReadingSettings>): ReadingSettings {
  const settings = parseSettings(JSON.stringify({ ...readSettings(), ...change }));
  remember(KEY, JSON.stringify(settings));
  applySettings(settings);
  document.dispatchEvent(new CustomEvent(CHANGED, { detail: settings }));
  return settings;
}

/** Whether the page is dark now, by choice or by the device. */
export function isDark(settings: ReadingSettings = readSettings()): boolean {
  if (settings.theme !== "device") return settings.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
