/** How live the page is; apart from the connection, which is loaded later. */
import { signal } from "@preact/signals";

export type Live = "connecting" | "live" | "polling" | "paused" | "ended";
export const live = signal<Live>("connecting");
/** Why the server ended the connection, in its words. */
export const endedBecause = signal("");
