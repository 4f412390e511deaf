/** Completion of @names and #tags while typing. */
import { t } from "../../lib/messages.ts";
import { info } from "../page-info.ts";
import { roster } from "../state.ts";
import { tags } from "../threads/model.ts";
import type { Person } from "../types.ts";

type Match = { matched: boolean; fragment?: HTMLElement };
type ChangeEvent = CustomEvent<{ key: string; text: string; provide: (match: Promise<Match>) => void }>;
type ValueEvent = CustomEvent<{ item: HTMLElement; key: string; value: string | null }>;

const MOST = 6;

/** Connects a <text-expander>; `mentioned` is told whom the writer chose. */
export function completeIn(expander: HTMLElement, mentioned: (person: string) => void): () => void {
  const suggest = (event: Event) => {
    const { key, text, provide } = (event as ChangeEvent).detail;
    provide(Promise.resolve(key === "@" ? people(text) : tagList(text)));
  };
  const take = (event: Event) => {
    const { detail } = event as ValueEvent;
    detail.value = detail.item.dataset.value ?? "";
    if (detail.item.dataset.person) mentioned(detail.item.dataset.person);
  };
  expander.addEventListener("text-expander-change", suggest);
  // The element writes into the field without an input event; the draft must hear of it.
  const written = () =>
    expander.querySelector("textarea")?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  expander.addEventListener("text-expander-value", take);
  expander.addEventListener("text-expander-committed", written);
  return () => {
    expander.removeEventListener("text-expander-change", suggest);
    expander.removeEventListener("text-expander-value", take);
    expander.removeEventListener("text-expander-committed", written);
  };
}

function people(typed: string): Match {
  const wanted = typed.toLocaleLowerCase();
  const begins = (person: Person) =>
    person.name
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || person.name.toLocaleLowerCase().startsWith(wanted);
  const found = [...roster.value.values()].filter((person) => person.id !== info.viewer.id && begins(person));
  return listOf(found.slice(0, MOST).map((person) => ({ value: `@${person.name}`, person: person.id })));
}

function tagList(typed: string): Match {
  const found = tags.value.filter((tag) => tag.startsWith(typed.toLocaleLowerCase()));
  return listOf(found.slice(0, MOST).map((tag) => ({ value: `#${tag}` })));
}

function listOf(items: { value: string; person?: string }[]): Match {
  if (!items.length) return { matched: false };
  const list = document.createElement("ul");
  list.className = "completion";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", t("Suggestions"));
  for (const [index, { value, person }] of items.entries()) {
    const item = document.createElement("li");
    item.id = `completion-${index}`;
    item.setAttribute("role", "option");
    item.dataset.value = value;
    if (person) item.dataset.person = person;
    item.textContent = value;
    list.append(item);
  }
  return { matched: true, fragment: list };
}
