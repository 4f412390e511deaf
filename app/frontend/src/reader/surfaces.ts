/** The media that the reading page can show. Each comes in a part of its own, loaded when it is needed. */
import type { Surface } from "./surface.ts";

const MEDIA: Record<string, () => Promise<Surface>> = {
  pdf: async () => (await import("./pdf/pdf-surface.ts")).pdfSurface(),
  video: async () => (await import("./video/video-surface.ts")).videoSurface(),
  audio: async () => (await import("./video/video-surface.ts")).videoSurface(),
  text: async () => (await import("./text/text-surface.ts")).textSurface(),
};

/** Opens the surface of this page's medium, or null for one that is not known. */
export async function openSurface(medium: string): Promise<Surface | null> {
  return (await MEDIA[medium]?.()) ?? null;
}
