/** The rules of the score: who would move is shown as one changes them, before anything is kept. */
const AFTER = 700;

const form = document.querySelector<HTMLFormElement>("form[data-rules]");
const preview = document.querySelector<HTMLElement>("[data-preview]");
let waiting: ReturnType<typeof setTimeout> | undefined;
let asked: AbortController | undefined;

async function look(from: HTMLFormElement, into: HTMLElement): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const fields = new FormData(from);
  fields.set("do", "preview");
  into.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(from.action, { method: "POST", body: fields, signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("preview");
    // Half a number is no mistake yet: what stands there stays until the form is whole again.
    if (answer.ok && fresh) into.replaceChildren(...fresh.childNodes);
  } catch {
    // Without a connection the button still works later.
  } finally {
    into.removeAttribute("aria-busy");
  }
}

form?.addEventListener("input", (event) => {
  if ((event.target as HTMLInputElement).name === "name" || !preview) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => void look(form, preview), AFTER);
});
document.getElementById("field-of")?.addEventListener("change", () => {
  if (form && preview) void look(form, preview);
});
