/** Dialogs and sheets are native <dialog>: `data-opens="id"` opens one, `data-closes` inside closes it. */
import { t } from "./messages.ts";

export type Question = { sentence: string; yes: string; danger?: boolean };

/** Asks before something that cannot be undone; true when the person says yes. */
export function ask({ sentence, yes, danger = true }: Question): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const words = document.createElement("p");
  words.id = "ask-sentence";
  words.textContent = sentence;
  dialog.setAttribute("aria-labelledby", words.id);
  const row = document.createElement("form");
  row.method = "dialog";
  row.className = "button-row";
  row.append(
    choice(t("Cancel"), "", "button"),
    choice(yes, "yes", `button ${danger ? "button-danger" : "button-primary"}`),
  );
  dialog.append(words, row);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function choice(label: string, value: string, className: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.className = className;
  button.value = value;
  button.textContent = label;
  return button;
}

async function confirmFirst(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const yes = await ask({
    sentence: form.dataset.confirm ?? "",
    yes: button?.textContent?.trim() || t("Yes"),
  });
  if (!yes) return;
  delete form.dataset.confirm;
  form.requestSubmit(button instanceof HTMLButtonElement ? button : null);
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-opens]");
  if (opener)
    document
      .querySelector<HTMLDialogElement>(`dialog#${CSS.escape(opener.dataset.opens ?? "")}`)
      ?.showModal();
  if (target.closest("[data-closes]")) target.closest("dialog")?.close();
  // A click on the backdrop has the dialog itself as its target.
  if (target instanceof HTMLDialogElement && event.detail > 0 && outside(target, event)) target.close();
}

function outside(dialog: HTMLDialogElement, { clientX: x, clientY: y }: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

/** Listens once for all dialogs, and for forms with `data-confirm`. */
export function startDialogs(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset.confirm) return;
    event.preventDefault();
    void confirmFirst(form, event.submitter);
  });
}
