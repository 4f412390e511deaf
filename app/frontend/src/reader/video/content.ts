/** A video or a sound as the server keeps it: where its bytes are, and its captions. */
import { api } from "../../lib/api.ts";
import { info } from "../page-info.ts";

/** A line of the transcript, in seconds. */
export type Cue = { start: number; end: number; text: string; speaker: string | null };

export type VideoContent = {
  video_url: string;
  poster_url: string | null;
  duration: number;
  width: number | null;
  height: number | null;
  cues: Cue[];
};

/** The links in it are short-lived, so it is asked for again when one has run out. */
export const loadVideo = (): Promise<VideoContent> =>
  api<VideoContent>(`/documents/${info.document.id}/content`);

/** Index of the line that is spoken at a time, or of the last one before it; -1 before the first. */
export function cueAt(cues: readonly Cue[], time: number): number {
  let [low, high] = [0, cues.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.start ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
