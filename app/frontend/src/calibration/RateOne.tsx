/** One annotation at a time: 0, 1 or 2, by key or button. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../lib/icon.tsx";
import { t } from "../lib/messages.ts";
import { readSettings } from "../lib/theme.ts";
import { LEVELS, meaningOf, nameOf } from "./levels.ts";
import { failing, finish, here, levelOf, moved, place, rate, rated, step, undo, waiting } from "./rating.ts";
import { state } from "./state.ts";
import type { Item, Level } from "./types.ts";
import { Words } from "./Words.tsx";

export function RateOne() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const item = here.value;
  if (!item) return null;
  return (
    <section class="rate" aria-label={t("Rate blind")}>
      <Progress />
      <Card item={item} key={item.id} />
      <Levels item={item} />
      <div class="button-row rate-moves">
        <button
          class="button button-small"
          type="button"
          onClick={() => step(-1)}
          disabled={place.value === 0}
        >
          <Icon name="arrow-left" size={16} /> {t("Back")}
        </button>
        <button class="button button-small" type="button" onClick={undo}>
          <Icon name="undo-2" size={16} /> {t("Undo")} <kbd>u</kbd>
        </button>
        <button class="button button-small" type="button" onClick={() => step(1)}>
          {levelOf(item) === null ? t("Skip") : t("Next")} <Icon name="arrow-right" size={16} />
        </button>
        {rated.value >= state.value.enough && (
          <button class="button button-small rate-finish" type="button" onClick={finish}>
            {t("Enough, go on")}
          </button>
        )}
      </div>
    </section>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if ((event.target as Element).closest?.("input, textarea, select, dialog, summary")) return;
  if (event.key === "ArrowLeft") step(-1);
  else if (event.key === "ArrowRight") step(1);
  else if (!readSettings().keys) return;
  else if (["0", "1", "2"].includes(event.key)) rate(Number(event.key) as Level);
  else if (event.key === "u" || event.key === "Backspace") undo();
  else return;
  event.preventDefault();
}

function Progress() {
  const total = state.value.items.length;
  const words = t("%(done)s of %(total)s rated", { done: rated.value, total });
  return (
    <div class="progress">
      <div class="progress-words">
        <span>{words}</span>
        <span role="status">{savedWords()}</span>
      </div>
      <progress aria-label={words} value={rated.value} max={total} />
    </div>
  );
}

function savedWords(): string {
  if (failing.value) return t("Not sent yet. It is kept in this browser.");
  if (waiting.value) return t("sending …");
  return rated.value ? t("Everything is kept.") : "";
}

/** Each new one takes the focus, so that a screen reader reads it; the first leaves it where it was. */
function Card({ item }: { item: Item }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (moved.value) box.current?.focus({ preventScroll: true });
  }, []);
  return (
    <article
      class="card rate-card"
      ref={box}
      tabIndex={-1}
      aria-label={t("Annotation %(number)s", { number: place.value + 1 })}
    >
      <Words words={item.words} />
    </article>
  );
}

function Levels({ item }: { item: Item }) {
  const given = levelOf(item);
  return (
    <fieldset class="rate-levels">
      <legend class="visually-hidden">{t("What does it show?")}</legend>
      {LEVELS.map((level) => (
        <button
          class="rate-level"
          type="button"
          key={level}
          aria-pressed={given === level}
          onClick={() => rate(level)}
        >
          <kbd>{level}</kbd>
          <strong>{nameOf(level)}</strong>
          <span class="small soft">{meaningOf(level)}</span>
        </button>
      ))}
    </fieldset>
  );
}
