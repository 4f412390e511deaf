/** The library: shows how imports get on while one watches, and how far a large file has been sent. */
import { keepFresh } from "../lib/keep-fresh.ts";
import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";

/** Sends a form with a file by XMLHttpRequest, the only way to know how much has been sent. */
function send(form: HTMLFormElement): void {
  const state = form.querySelector<HTMLElement>(".upload-state");
  const bar = state?.querySelector("progress");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable || !bar || !state) return;
    state.hidden = false;
    bar.value = (100 * event.loaded) / event.total;
    const words = state.querySelector(".progress-words span:last-child");
    if (words) words.textContent = `${Math.round(bar.value)} %`;
  };
  request.onload = () => arrived(form, request);
  request.onerror = () => failed(form, t("The file could not be sent. Check your connection and try again."));
  request.send(new FormData(form));
}

/** A form that needs another look comes back as a page; so does everything else. */
function arrived(form: HTMLFormElement, request: XMLHttpRequest): void {
  if (request.status < 400) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  failed(
    form,
    page.querySelector(".field-error, .error-summary li, .lead")?.textContent?.trim() ??
      t("This did not work."),
  );
}

function failed(form: HTMLFormElement, sentence: string): void {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  const state = form.querySelector<HTMLElement>(".upload-state");
  if (state) state.hidden = true;
  toast(sentence, { tone: "danger", seconds: 0 });
}

function start(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  form.addEventListener("submit", (event) => {
    if (!input?.files?.length) return;
    event.preventDefault();
    if (form.dataset.sent) return; // a second click, or Enter, while the file is on its way
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    send(form);
  });
  for (const name of ["dragenter", "dragover"])
    input?.addEventListener(name, () => input.setAttribute("data-over", ""));
  for (const name of ["dragleave", "drop"])
    input?.addEventListener(name, () => input.removeAttribute("data-over"));
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) start(form);
keepFresh("library-rows");
