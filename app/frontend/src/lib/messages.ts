/**
 * Gettext in the browser: the server puts the page's translated messages into
 * `<script type="application/json" id="fw-messages">{"locale": "de", "messages": {"Send": "Senden", "reply": ["Antwort", …]}}`.
 * English is in the code, so a missing message is shown in English rather than not at all.
 */
import { once } from "./once.ts";

export type Values = Record<string, string | number>;
type Catalogue = { locale: string; messages: Record<string, string | string[]> };

const ENGLISH: Catalogue = { locale: "en", messages: {} };
let catalogue: Catalogue | undefined;

function loaded(): Catalogue {
  if (!catalogue) useMessages(readFromPage());
  return catalogue ?? ENGLISH;
}

function readFromPage(): string {
  if (typeof document === "undefined") return "";
  return document.getElementById("fw-messages")?.textContent ?? "";
}

/** Takes the catalogue as JSON; an empty or damaged one leaves English. */
export function useMessages(json: string): void {
  catalogue = ENGLISH;
  if (!json.trim()) return;
  try {
    const found = JSON.parse(json) as Partial<Catalogue>;
    catalogue = { locale: found.locale ?? "en", messages: found.messages ?? {} };
  } catch {
    catalogue = ENGLISH;
  }
}

/** The language of the interface, as a BCP 47 tag. */
export const locale = (): string => loaded().locale.replace("_", "-");

/** Puts values into `%(name)s`, the form that the Python side uses as well. */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/%\((\w+)\)[sd]/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Translates a text: `t('%(name)s replied', { name })`. */
export function t(text: string, values?: Values): string {
  const found = loaded().messages[text];
  return fill(typeof found === "string" && found ? found : text, values);
}

/** Translates by number: `nt('%(num)s reply', '%(num)s replies', n)`; `num` is filled in, written as the language does. */
export function nt(one: string, many: string, count: number, values?: Values): string {
  const forms = loaded().messages[one];
  const english = count === 1 ? one : many;
  const form = Array.isArray(forms) ? forms[formIndex(forms.length, count)] : undefined;
  return fill(form || english, { num: written(count), ...values });
}

/** A number as the language writes it. Making the first formatter of a page takes longer than drawing its threads. */
const written = (count: number): string =>
  PLAIN.test(locale()) && Number.isInteger(count) && Math.abs(count) < 1000
    ? String(count)
    : numbers(locale()).format(count);

/** Languages that write whole numbers below a thousand in plain digits. */
const PLAIN = /^(?:en|de)\b/;
const numbers = once((tag) => new Intl.NumberFormat(tag));
const plurals = once((tag) => {
  const rules = new Intl.PluralRules(tag);
  const known: string[] = rules.resolvedOptions().pluralCategories;
  const order = ["zero", "one", "two", "few", "many", "other"].filter((name) => known.includes(name));
  return (count: number) => order.indexOf(rules.select(count));
});

/** Which of gettext's plural forms a number takes; the catalogue lists them in CLDR's order (one, few, many, other). */
const formIndex = (forms: number, count: number): number => Math.min(plurals(locale())(count), forms - 1);
