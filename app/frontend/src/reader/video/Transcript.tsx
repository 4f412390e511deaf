/** Tabs beside the picture, and the transcript: searchable; words can be selected, a click goes there. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { nt, t } from "../../lib/messages.ts";
import { clock } from "../fragments.ts";
import { info } from "../page-info.ts";
import type { Cue } from "./content.ts";
import { following, type Tab, tab } from "./side.ts";
import type { VideoSurface } from "./video-surface.ts";

export function Transcript({ surface }: { surface: VideoSurface }) {
  const { cues } = surface.player;
  const words = useSignal("");
  if (!cues.length) return null;
  const wanted = words.value.toLocaleLowerCase();
  const shown = cues
    .map((cue, index) => ({ cue, index }))
    .filter(({ cue }) => !wanted || cue.text.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <Tabs />
      <section class="transcript" aria-label={t("Transcript")}>
        <input
          class="input"
          type="search"
          aria-label={t("Search in the transcript")}
          placeholder={t("Search…")}
          value={words.value}
          onInput={(event) => {
            words.value = event.currentTarget.value.trim();
          }}
        />
        {wanted && (
          <p class="small soft" role="status">
            {nt("%(num)s line", "%(num)s lines", shown.length)}
          </p>
        )}
        <Lines surface={surface} shown={shown} />
      </section>
    </>
  );
}

function Tabs() {
  const names: [Tab, string][] = [
    ["threads", t("Threads")],
    ["transcript", t("Transcript")],
  ];
  return (
    <fieldset class="video-tabs" aria-label={t("Beside the picture")}>
      {names.map(([name, label]) => (
        <button
          class="chip"
          type="button"
          key={name}
          aria-pressed={tab.value === name}
          onClick={() => {
            tab.value = name;
          }}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

type LinesProps = { surface: VideoSurface; shown: { cue: Cue; index: number }[] };

function Lines({ surface, shown }: LinesProps) {
  const list = useRef<HTMLOListElement>(null);
  const now = surface.player.line.value;
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>("[aria-current]");
    const idle = !list.current?.matches(":hover, :focus-within") && getSelection()?.isCollapsed !== false;
    if (line && list.current && following.value && idle && surface.player.playing.peek())
      list.current.scrollTop = line.offsetTop - list.current.clientHeight / 3;
  }, [now, surface]);
  return (
    <ol class="transcript-lines" ref={list} lang={info.document.locale ?? undefined} aria-label={t("Lines")}>
      {shown.map(({ cue, index }) => (
        <Line cue={cue} index={index} now={index === now} surface={surface} key={index} />
      ))}
    </ol>
  );
}

type LineProps = { cue: Cue; index: number; now: boolean; surface: VideoSurface };

function Line({ cue, index, now, surface }: LineProps) {
  const { player, signs, painted } = surface;
  const next = player.cues[index + 1]?.start ?? Infinity;
  const here = signs.value.filter(({ start }) => start >= cue.start - 0.01 && start < next - 0.01);
  const active = (painted.value.get("active") ?? []).some(
    ({ start, end }) => start < cue.end && end >= cue.start,
  );
  const go = () => {
    if (getSelection()?.isCollapsed !== false) player.seek(cue.start);
  };
  const count = here.reduce((sum, sign) => sum + sign.count, 0);
  return (
    <li
      class="cue"
      aria-current={now ? "true" : undefined}
      data-marked={here.length ? (here.some(({ question }) => question) ? "question" : "others") : undefined}
      data-active={active || undefined}
    >
      <button
        class="cue-time numbers"
        type="button"
        onClick={() => player.seek(cue.start)}
        aria-label={t("Go to %(time)s", { time: clock(cue.start) })}
      >
        {clock(cue.start)}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it does the same by keyboard */}
      <p onClick={go}>
        {cue.speaker && <b>{cue.speaker}: </b>}
        <span class="cue-words" data-cue={index}>
          {cue.text}
        </span>
      </p>
      {count > 0 && (
        <button
          class="margin-sign"
          type="button"
          onClick={() => surface.choose(here[0]?.thread ?? "")}
          aria-label={nt("%(num)s annotation at %(time)s", "%(num)s annotations at %(time)s", count, {
            time: clock(cue.start),
          })}
        >
          {count}
          {here.some(({ question }) => question) ? " ?" : ""}
        </button>
      )}
    </li>
  );
}
