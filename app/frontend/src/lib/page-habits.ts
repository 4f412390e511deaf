/** What every ordinary page does by itself: times that stay fresh, buttons that copy, forms that are sent once. */

import { t } from "./messages.ts";
import { absolute, relative } from "./time.ts";
import { toast } from "./toast.ts";

/** Shows <time data-relative> as “5 minutes ago”, with the full time on hover. */
export function refreshTimes(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    if (Number.isNaN(Date.parse(element.dateTime))) continue;
    element.textContent = relative(element.dateTime);
    element.title = absolute(element.dateTime);
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const text = button.dataset.copy ?? "";
  try {
    await navigator.clipboard.writeText(text);
    toast(button.dataset.copied ?? t("Copied"), { tone: "solved", seconds: 3 });
  } catch {
    // Not allowed here (no HTTPS, or a frame): show it, so that it can be copied by hand.
    toast(text, { seconds: 0 });
  }
}

/** Marks the pressed button as busy and refuses a second press while the form is on its way. */
function sendOnce(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}

/** A page that comes back from the browser's memory has been sent before, but may be sent again. */
function forgetSent(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
}

export function startPageHabits(): void {
  refreshTimes();
  setInterval(refreshTimes, 30_000);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
  });
  document.addEventListener("submit", sendOnce);
  addEventListener("pageshow", forgetSent);
  // On a narrow screen the tabs scroll: the page's own one is shown whole.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
