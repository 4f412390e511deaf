/** Which threads are shown: one row of chips, the rarer choices and the search behind one button. */
import { useSignal } from "@preact/signals";
import { Icon } from "../../lib/icon.tsx";
import { nt, t } from "../../lib/messages.ts";
import {
  authors,
  choose,
  filter,
  isFiltered,
  NO_FILTER,
  type Show,
  shown,
  tags,
  unreadCount,
} from "./model.ts";

const SHOWS = (): [Show, string][] => [
  ["all", t("All")],
  ["questions", t("Questions")],
  ["unanswered", t("Unanswered")],
  ["unread", t("Unread")],
  ["mine", t("Mine")],
];

export function Filters() {
  const more = useSignal(false);
  const { show, person, tag, words } = filter.value;
  const chosenMore = Boolean(person || tag || words);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers at the floor do not know <search>
    <div class="filters" role="search" aria-label={t("Choose annotations")}>
      <div class="filters-row">
        <fieldset class="filters-shows" aria-label={t("Which threads")}>
          {SHOWS().map(([value, label]) => (
            <button
              class="chip"
              type="button"
              key={value}
              aria-pressed={show === value}
              onClick={() => choose({ show: value })}
            >
              {label}
              {value === "unread" && unreadCount.value > 0 && (
                <span class="numbers"> {unreadCount.value}</span>
              )}
            </button>
          ))}
        </fieldset>
        <button
          class="chip"
          type="button"
          id="fw-search-open"
          aria-expanded={more.value || chosenMore}
          aria-label={t("Search and more choices")}
          title={t("Search and more choices")}
          onClick={() => {
            more.value = !more.value;
          }}
        >
          <Icon name="search" size={16} />
        </button>
      </div>
      {(more.value || chosenMore) && (
        <div class="filters-more">
          <input
            class="input"
            type="search"
            id="fw-search"
            aria-label={t("Search in annotations")}
            placeholder={t("Search…")}
            value={words}
            onInput={(event) => choose({ words: event.currentTarget.value.trim() })}
          />
          <Choice
            label={t("By person")}
            none={t("Everybody")}
            value={person}
            set={(value) => choose({ person: value })}
            options={authors.value.map(({ id, name }) => [id, name])}
          />
          {tags.value.length > 0 && (
            <Choice
              label={t("By tag")}
              none={t("All tags")}
              value={tag}
              set={(value) => choose({ tag: value })}
              options={tags.value.map((one) => [one, `#${one}`])}
            />
          )}
        </div>
      )}
      {isFiltered.value && (
        <p class="filters-result small soft" role="status">
          {nt("%(num)s thread", "%(num)s threads", shown.value.length)}{" "}
          <button
            class="link-button"
            type="button"
            onClick={() => {
              filter.value = NO_FILTER;
              more.value = false;
            }}
          >
            {t("Show all")}
          </button>
        </p>
      )}
    </div>
  );
}

type ChoiceProps = {
  label: string;
  none: string;
  value: string;
  set: (value: string) => void;
  options: [string, string][];
};

function Choice({ label, none, value, set, options }: ChoiceProps) {
  return (
    <select
      class="input"
      aria-label={label}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    >
      <option value="">{none}</option>
      {options.map(([id, name]) => (
        <option value={id} key={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
