/** The network check: looks at one part after the other, fills in its line, and writes the report for a mail. */
import { t } from "../lib/messages.ts";
import { CHECKS, type Found, inTime, ofServer } from "../network/checks.ts";

const TONES = { good: "solved", warning: "question", bad: "danger" };
const report: string[] = [];

const rowOf = (part: string): HTMLElement | null => document.querySelector(`[data-check="${part}"]`);

function show(part: string, { verdict, found }: Found): void {
  const row = rowOf(part);
  const chip = row?.querySelector<HTMLElement>("[data-state]");
  if (!row || !chip) return;
  const words = { good: t("good"), warning: t("worth a look"), bad: t("bad") }[verdict];
  chip.dataset.tone = TONES[verdict];
  chip.textContent = words;
  const place = row.querySelector("[data-found]");
  if (place) place.textContent = found;
  row.querySelector("[data-change]")?.toggleAttribute("hidden", verdict === "good");
  report.push(`${row.querySelector("th")?.textContent?.trim()}: ${words}${found ? ` (${found})` : ""}`);
}

const failed = (error: unknown): Found => ({
  verdict: "bad",
  found: error instanceof Error ? error.message : String(error),
});

async function ofBrowser(): Promise<void> {
  // One after the other: side by side they would slow each other down.
  for (const [part, check] of Object.entries(CHECKS)) show(part, await inTime(check(), 15_000).catch(failed));
}

async function fromServer(): Promise<void> {
  const found = await inTime(ofServer(), 60_000).catch(failed);
  for (const row of document.querySelectorAll<HTMLElement>("[data-check]")) {
    const part = row.dataset.check ?? "";
    if (part in CHECKS) continue;
    const one = "verdict" in found ? (found as Found) : (found as Record<string, Found>)[part];
    if (one) show(part, one);
  }
}

function write(): void {
  const head = [location.origin, new Date().toISOString(), navigator.userAgent, ""];
  const text = [...head, ...report].join("\n");
  const area = document.getElementById("network-text") as HTMLTextAreaElement | null;
  if (area) area.value = text;
  const button = document.getElementById("network-copy");
  if (button) button.dataset.copy = text;
  const state = document.getElementById("network-state");
  if (state) state.textContent = t("Everything has been looked at.");
}

await ofBrowser();
await fromServer();
write();
