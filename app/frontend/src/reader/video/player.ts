/** The video element, and what the page needs to know of it as signals. */
import { computed, signal } from "@preact/signals";
import { t } from "../../lib/messages.ts";
import { recall, remember } from "../../lib/storage.ts";
import { toast } from "../../lib/toast.ts";
import { info } from "../page-info.ts";
import type { Played, Stop } from "../surface.ts";
import type { Span } from "../types.ts";
import { type Cue, cueAt, loadVideo, type VideoContent } from "./content.ts";
import { PlayedStretches } from "./played.ts";

const CAPTIONS = "foreword.captions";
const RATE = "foreword.rate";
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export class Player {
  readonly video = document.createElement("video");
  readonly duration: number;
  readonly cues: readonly Cue[];
  readonly time = signal(0);
  readonly playing = signal(false);
  readonly muted = signal(false);
  readonly rate = signal(Number(recall(RATE) ?? 1) || 1);
  readonly captions = signal(recall(CAPTIONS) !== "off");
  /** The passage between “from here” and “to here”; null while a single moment is meant. */
  readonly interval = signal<Span | null>(null);
  readonly stops = signal<readonly Stop[]>([]);
  /** The line that is spoken now. */
  readonly line = computed(() => cueAt(this.cues, this.time.value + 0.05));
  #reached: (id: string) => void = () => {};
  readonly #passed = new Set<string>();
  readonly #stretches = new PlayedStretches();
  #track: TextTrack | null = null;
  #renewing = false;

  constructor(content: VideoContent) {
    this.duration = content.duration;
    this.cues = content.cues;
    const { video } = this;
    video.preload = "metadata";
    video.playsInline = true;
    video.disablePictureInPicture = false;
    if (content.poster_url) video.poster = content.poster_url;
    video.src = content.video_url;
    video.setAttribute("aria-label", info.document.title);
    video.defaultPlaybackRate = this.rate.value;
    video.playbackRate = this.rate.value;
    this.#addCaptions();
    this.#listen();
  }

  #addCaptions(): void {
    if (!this.cues.length) return;
    this.#track = this.video.addTextTrack("captions", t("Captions"), info.document.locale ?? "");
    for (const { start, end, text, speaker } of this.cues)
      this.#track.addCue(
        new VTTCue(
          start,
          Math.max(end, start + 0.1),
          (speaker ? `${speaker}: ${text}` : text).replaceAll("<", "‹"),
        ),
      );
    this.#track.mode = this.captions.value ? "showing" : "hidden";
  }

  #listen(): void {
    const { video } = this;
    const on = (name: keyof HTMLMediaElementEventMap, run: () => void) => video.addEventListener(name, run);
    on("timeupdate", () => this.#tick());
    on("play", () => {
      this.playing.value = true;
    });
    on("pause", () => {
      this.playing.value = false;
      this.#stretches.stop();
    });
    on("seeking", () => this.#onSeek());
    on("volumechange", () => {
      this.muted.value = video.muted;
    });
    on("error", () => void this.#renew());
  }

  #tick(): void {
    const { video } = this;
    const before = this.time.value;
    this.time.value = video.currentTime;
    if (video.paused || video.seeking || document.hidden) {
      this.#stretches.stop();
      return;
    }
    this.#stretches.tick(video.currentTime, video.playbackRate, Date.now());
    const stop = this.stops.value.find(
      ({ id, at }) => !this.#passed.has(id) && before <= at && at <= video.currentTime,
    );
    if (stop) this.#halt(stop);
  }

  /** Nobody gets past a question that holds. */
  #onSeek(): void {
    this.#stretches.stop();
    const wall = this.stops.value.filter(({ holding }) => holding).sort((a, b) => a.at - b.at)[0];
    if (wall && this.video.currentTime > wall.at + 0.3) this.#halt(wall);
    this.time.value = this.video.currentTime;
  }

  #halt(stop: Stop): void {
    this.video.pause();
    this.video.currentTime = stop.at;
    if (!stop.holding) this.#passed.add(stop.id);
    this.#reached(stop.id);
  }

  /** Asks for a new link once the old one has run out, and goes on at the same moment. */
  async #renew(): Promise<void> {
    if (this.#renewing) return;
    this.#renewing = true;
    const at = this.video.currentTime;
    try {
      this.video.src = (await loadVideo()).video_url;
      this.video.currentTime = at;
      this.video.addEventListener(
        "canplay",
        () => {
          this.#renewing = false;
        },
        { once: true },
      );
    } catch {
      toast(t("The video cannot be loaded now. Load the page again in a minute."), { tone: "danger" });
    }
  }

  stopAt(stops: readonly Stop[], reached: (id: string) => void): void {
    this.stops.value = stops;
    this.#reached = reached;
  }

  toggle(): void {
    if (this.video.paused) void this.play();
    else this.video.pause();
  }

  async play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      // A pause that comes at once is no failure; a browser that forbids playing waits for a click.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  seek(time: number): void {
    if (Math.abs(time - this.video.currentTime) < 0.01) return;
    this.video.currentTime = Math.min(Math.max(0, time), Math.max(0, this.duration - 0.05));
    this.time.value = this.video.currentTime;
  }

  setRate(rate: number): void {
    this.rate.value = rate;
    this.video.playbackRate = rate;
    remember(RATE, String(rate));
  }

  toggleCaptions(): void {
    this.captions.value = !this.captions.value;
    if (this.#track) this.#track.mode = this.captions.value ? "showing" : "hidden";
    remember(CAPTIONS, this.captions.value ? "on" : "off");
  }

  /** Sets one end of the passage to the moment that is shown. */
  setEnd(side: "start" | "end", at = this.video.currentTime): void {
    const now = this.interval.value ?? { start: at, end: Math.min(this.duration, at + 5) };
    if (side === "start")
      this.interval.value = { start: at, end: Math.max(now.end, Math.min(this.duration, at + 1)) };
    else
      this.interval.value = {
        start: Math.min(this.interval.value ? now.start : Math.max(0, at - 5), Math.max(0, at - 1)),
        end: at,
      };
  }

  played(): Played[] {
    return this.#stretches.take();
  }
}
