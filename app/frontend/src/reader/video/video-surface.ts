/** The surface of a video or a sound: its axis is seconds, its passages are moments and lines of the transcript. */
import { effect, signal } from "@preact/signals";
import { h, render } from "preact";
import type { Box } from "../../../../../annotators/fragments.ts";
import { describe } from "../../../../../annotators/video/anchor.ts";
import { t } from "../../lib/messages.ts";
import { Areas, drawing } from "../areas.ts";
import { editors } from "../editing/editors.ts";
import { wordsOf } from "../fragments.ts";
import { mayWrite } from "../page-info.ts";
import { active } from "../state.ts";
import type { Heading, Paint, Passage, Place, Played, Sign, Stop, Surface } from "../surface.ts";
import type { Span } from "../types.ts";
import { cueAt, loadVideo } from "./content.ts";
import { followThreads } from "./following.ts";
import { KEYS, listenToVideoKeys } from "./keys.ts";
import { Picture } from "./picture.ts";
import { Player } from "./player.ts";
import { Stage } from "./Stage.tsx";
import { makeSide, tab } from "./side.ts";
import { Transcript } from "./Transcript.tsx";
import { pauseWhileTyping } from "./typing.ts";

/** Where there are no captions, the keyboard goes on by so many seconds. */
const STRIDE = 5;
const LONGEST_QUOTE = 4000;
/** What of the axis counts as on screen. */
const SHOWN = 1;

export async function videoSurface(): Promise<Surface> {
  const root = document.getElementById("fw-document");
  if (!root) throw new Error("The page holds no document.");
  const surface = new VideoSurface(root, new Player(await loadVideo()));
  root.replaceChildren();
  render(h(Stage, { surface }), root);
  const side = makeSide();
  if (side) render(h(Transcript, { surface }), side);
  listenToVideoKeys(surface);
  pauseWhileTyping(surface.player);
  followThreads(surface.player);
  return surface;
}

export class VideoSurface implements Surface {
  readonly root: HTMLElement;
  readonly aligned = false;
  readonly player: Player;
  readonly picture: Picture;
  readonly #areas: Areas<Picture>;
  readonly keys = KEYS;
  readonly painted = signal<ReadonlyMap<Paint, readonly Place[]>>(new Map());
  readonly signs = signal<readonly Sign[]>([]);
  choose: (thread: string) => void = () => {};

  constructor(root: HTMLElement, player: Player) {
    this.root = root;
    this.player = player;
    this.picture = new Picture(player.video);
    this.#areas = new Areas(this, (_picture, box) => this.#areaPassage(box));
    this.picture.beside.addEventListener("pointerdown", (event) => this.#onPointerDown(event));
    effect(() => {
      this.picture.beside.toggleAttribute("data-drawing", drawing.value);
    });
    // Whoever writes or opens a thread wants to see it.
    effect(() => {
      if (active.value || [...editors.value.values()].some(({ open }) => open)) tab.value = "threads";
    });
  }

  get length(): number {
    return this.player.duration;
  }

  describe(selection: Selection): Passage | null {
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const lines = [...document.querySelectorAll<HTMLElement>(".cue-words")].filter((line) =>
      range.intersectsNode(line),
    );
    const words = lines.map((line) => wordsIn(line, range)).filter(Boolean);
    const cues = lines
      .filter((line) => wordsIn(line, range))
      .map((line) => this.player.cues[Number(line.dataset.cue)]);
    const [first, last] = [cues[0], cues.at(-1)];
    return first && last ? quoted({ start: first.start, end: last.end }, words.join(" ")) : null;
  }

  passage({ start, end }: Span): Passage | null {
    if (end - start < 0.05) return moment(start);
    const { cues } = this.player;
    const words = cues.filter((cue) => cue.start < end && cue.end > start).map(({ text }) => text);
    return quoted({ start, end }, words.join(" "));
  }

  here(): Passage {
    const { interval, video } = this.player;
    return (interval.value && this.passage(interval.value)) ?? moment(video.currentTime);
  }

  /** An area of the picture at the moment that is shown, or through the passage that is chosen. */
  #areaPassage(box: Box): Passage {
    const { interval, video } = this.player;
    const { start, end } = interval.value ?? { start: video.currentTime, end: video.currentTime };
    const selectors = describe(start, interval.value ? end : undefined, { box });
    return { selectors, span: { start, end, region: box }, quote: wordsOf(selectors) };
  }

  area(): Passage | null {
    return this.#areas.passage();
  }

  /** Stops the picture: the next drag draws on it, and a frame in its middle can be moved by keyboard. */
  markArea(): void {
    this.player.video.pause();
    drawing.value = true;
    this.#areas.begin(this.picture, 40);
  }

  #onPointerDown(event: PointerEvent): void {
    if ((event.target as Element).closest(".drawn-area, button")) return;
    if (!drawing.value || event.button || !mayWrite()) return;
    event.preventDefault();
    this.#areas.draw(this.picture, event);
  }

  show(spans: ReadonlyMap<Paint, readonly Place[]>): void {
    this.painted.value = new Map([...this.painted.peek(), ...spans]);
  }

  showSigns(signs: readonly Sign[], choose: (thread: string) => void): void {
    this.signs.value = signs;
    this.choose = choose;
  }

  scrollTo({ start }: Place): void {
    this.player.seek(start);
  }

  visible(): Span {
    const start = this.player.video.currentTime;
    return { start, end: start + SHOWN };
  }

  place({ start, region }: Place): DOMRect | null {
    if (region) return this.picture.inWindow(region);
    const line = document.querySelector(`.cue-words[data-cue="${cueAt(this.player.cues, start + 0.05)}"]`);
    const shown = line?.getClientRects()[0];
    if (shown && tab.value === "transcript") return shown;
    const track = this.root.querySelector(".moments-track")?.getBoundingClientRect();
    return track
      ? new DOMRect(track.left + (start / Math.max(1, this.length)) * track.width, track.top, 1, track.height)
      : null;
  }

  offsetAt(): number | null {
    return null;
  }

  headings(): Heading[] {
    return [];
  }

  unit(kind: "word" | "sentence", at: number, step: -1 | 0 | 1): Span | null {
    const { cues, duration } = this.player;
    if (kind === "sentence" && cues.length) {
      const here = Math.max(0, cueAt(cues, at + 0.05));
      const cue = cues[step < 0 && (cues[here]?.start ?? 0) >= at ? here - 1 : here + Math.max(0, step)];
      const later = cue && step === 0 && cue.end <= at ? cues[here + 1] : cue;
      return later ? { start: later.start, end: later.end } : null;
    }
    const stride = kind === "word" ? 1 : STRIDE;
    const start = step < 0 ? at - stride : at + step * stride;
    return start < 0 || start >= duration ? null : { start, end: Math.min(duration, start + stride) };
  }

  played(): Played[] {
    return this.player.played();
  }

  stopAt(stops: readonly Stop[], reached: (id: string) => void): void {
    this.player.stopAt(stops, reached);
  }

  onLayout(changed: () => void): void {
    new ResizeObserver(changed).observe(this.root);
  }
}

const moment = (at: number): Passage => {
  const selectors = describe(at);
  return { selectors, span: { start: at, end: at }, quote: wordsOf(selectors) };
};

function quoted(span: Span, words: string): Passage {
  const quote = words.replace(/\s+/g, " ").trim().slice(0, LONGEST_QUOTE);
  const selectors = describe(span.start, span.end, quote ? { quote } : {});
  return {
    selectors,
    span,
    quote: quote ? t("%(time)s · %(words)s", { time: wordsOf(selectors), words: quote }) : wordsOf(selectors),
  };
}

/** What of a line is selected. */
function wordsIn(line: HTMLElement, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(line);
  if (part.comparePoint(range.startContainer, range.startOffset) === 0)
    part.setStart(range.startContainer, range.startOffset);
  if (part.comparePoint(range.endContainer, range.endOffset) === 0)
    part.setEnd(range.endContainer, range.endOffset);
  return part.toString().trim();
}
