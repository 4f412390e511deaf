/** What the network check looks at in the browser: each gives a verdict and what was found. */
import { csrfToken } from "../lib/api.ts";
import { t } from "../lib/messages.ts";

export type Verdict = "good" | "warning" | "bad";
export type Found = { verdict: Verdict; found: string };

const HERE = "/admin/network-check";
const PATIENCE = 8000;
const good = (found = ""): Found => ({ verdict: "good", found });
const warning = (found: string): Found => ({ verdict: "warning", found });
const bad = (found: string): Found => ({ verdict: "bad", found });
const milliseconds = (since: number): string => `${Math.round(performance.now() - since)} ms`;

/** Rejects after a while: what a filter swallows never answers. */
export function inTime<T>(work: Promise<T>, patience = PATIENCE): Promise<T> {
  const late = new Promise<T>((_, reject) =>
    setTimeout(() => reject(new Error(t("no answer in time"))), patience),
  );
  return Promise.race([work, late]);
}

function websocket(): Promise<Found> {
  const since = performance.now();
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${location.origin.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`,
    );
    socket.onmessage = () => {
      resolve(good(milliseconds(since)));
      socket.close();
    };
    socket.onerror = () => resolve(warning(t("It does not get through; long polling is used.")));
  });
}

async function polling(): Promise<Found> {
  const since = performance.now();
  const answer = await fetch("/socket.io/?EIO=4&transport=polling", { cache: "no-store" });
  const text = await answer.text();
  return answer.ok && text.startsWith("0{") ? good(milliseconds(since)) : bad(`HTTP ${answer.status}`);
}

/** The address of files answers with a refusal, as it should without a signed link; that is an answer, too. */
async function content(): Promise<Found> {
  const origin = document.getElementById("network-check")?.dataset.content ?? "";
  const since = performance.now();
  await fetch(`${origin}/content/none`, { mode: "no-cors", credentials: "omit", cache: "no-store" });
  return good(`${origin}, ${milliseconds(since)}`);
}

async function storage(): Promise<Found> {
  localStorage.setItem("fw-network-check", "1");
  localStorage.removeItem("fw-network-check");
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open("fw-network-check");
    opening.onsuccess = () => {
      opening.result.close();
      indexedDB.deleteDatabase("fw-network-check");
      resolve();
    };
    opening.onerror = () => reject(opening.error);
  });
  const room = await navigator.storage?.estimate?.();
  return good(room?.quota ? `${Math.round(room.quota / 2 ** 20)} MB` : "");
}

async function cookies(): Promise<Found> {
  return navigator.cookieEnabled ? good() : bad(t("They are blocked."));
}

async function frame(): Promise<Found> {
  if (location.protocol !== "https:")
    return warning(t("They need https://; here Foreword opens in a new tab."));
  const name = "__Host-fw-network-check";
  const kept = "Path=/; Secure; SameSite=None; Partitioned";
  // biome-ignore lint/suspicious/noDocumentCookie: the newer interface is missing in Firefox and Safari
  document.cookie = `${name}=1; ${kept}`;
  const there = document.cookie.includes(name);
  // biome-ignore lint/suspicious/noDocumentCookie: as where it is set
  document.cookie = `${name}=; Max-Age=0; ${kept}`;
  return there ? good() : warning(t("They are not kept; Foreword opens in a new tab."));
}

function speed(bytes: number, since: number, enough: number): Found {
  const rate = (bytes * 8) / 1000 / Math.max(performance.now() - since, 1);
  const words = `${rate.toFixed(1)} Mbit/s`;
  return rate >= enough ? good(words) : warning(words);
}

async function download(): Promise<Found> {
  const since = performance.now();
  const answer = await fetch(`${HERE}/download`, { cache: "no-store" });
  const bytes = (await answer.arrayBuffer()).byteLength;
  return answer.ok ? speed(bytes, since, 3) : bad(`HTTP ${answer.status}`);
}

async function upload(): Promise<Found> {
  const since = performance.now();
  const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/octet-stream" };
  const answer = await fetch(`${HERE}/upload`, { method: "POST", headers, body: new Uint8Array(2 ** 20) });
  if (!answer.ok) return bad(`HTTP ${answer.status}`);
  const { bytes } = (await answer.json()) as { bytes: number };
  return bytes === 2 ** 20 ? speed(bytes, since, 0.5) : bad(t("It arrives in part only."));
}

async function clock(): Promise<Found> {
  const answer = await fetch("/healthz", { cache: "no-store" });
  const theirs = Date.parse(answer.headers.get("Date") ?? "");
  if (Number.isNaN(theirs)) return warning(t("The server’s time is not told."));
  const off = Math.round((Date.now() - theirs) / 1000);
  const words = t("%(n)s seconds off", { n: Math.abs(off) });
  return Math.abs(off) <= 60 ? good(words) : Math.abs(off) <= 600 ? warning(words) : bad(words);
}

async function worker(): Promise<Found> {
  const { loadPdfjs } = await import("../lib/pdfjs.ts");
  const pdfjs = await loadPdfjs();
  const made = new pdfjs.PDFWorker();
  await made.promise;
  const own = made.port instanceof Worker;
  made.destroy();
  return own ? good() : warning(t("PDFs are painted without a worker, and slowly."));
}

async function wasm(): Promise<Found> {
  const smallest = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  if (typeof WebAssembly !== "object") return warning(t("not there"));
  await WebAssembly.instantiate(smallest);
  return good();
}

async function video(): Promise<Found> {
  const said = document.createElement("video").canPlayType('video/mp4; codecs="avc1.42E01E, mp4a.40.2"');
  return said === "probably" ? good() : said ? warning(said) : bad(t("This browser does not play MP4."));
}

export const CHECKS: Record<string, () => Promise<Found>> = {
  ...{ websocket, polling, content, storage, cookies, frame },
  ...{ download, upload, clock, worker, wasm, video },
};

/** What the server finds, by part. */
export async function ofServer(): Promise<Record<string, Found>> {
  const answer = await fetch(`${HERE}/server`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as Record<string, Found>;
}
