/** The media that the reading page can show. Text is there at once; the others come in parts, loaded when needed. */
import type { Surface } from "./surface.ts";
import { textSurface } from "./text/text-surface.ts";

const MEDIA: Record<string, () => Promise<Surface>> = {
  pdf: async () => (await import("./pdf/pdf-surface.ts")).pdfSurface(),
  video: async () => (await import("./video/video-surface.ts")).videoSurface(),
  audio: async () => (await import("./video/video-surface.ts")).videoSurface(),
  text: async () => textSurface(),
};

/** Opens the surface of this page's medium, or null for one that is not known. */
export async function openSurface(medium: string): Promise<Surface | null> {
  return (await MEDIA[medium]?.()) ?? null;
}
