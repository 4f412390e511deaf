/** Groups by hand: a name dragged onto a group moves there. The form beneath does the same with the keyboard. */
const form = document.querySelector<HTMLFormElement>("form[data-moving]");
const field = (name: string): HTMLSelectElement => form?.elements.namedItem(name) as HTMLSelectElement;

let dragged: HTMLElement | null = null;

for (const name of document.querySelectorAll<HTMLElement>("[data-seat]")) {
  name.draggable = true;
  name.addEventListener("dragstart", (event) => {
    dragged = name;
    // Firefox starts no drag without something to carry.
    event.dataTransfer?.setData("text/plain", name.textContent ?? "");
  });
  name.addEventListener("dragend", () => {
    dragged = null;
  });
}

for (const group of document.querySelectorAll<HTMLElement>("[data-group]")) {
  const mark = (over: boolean) => group.toggleAttribute("data-over", over);
  group.addEventListener("dragover", (event) => {
    if (!dragged || group.contains(dragged)) return;
    event.preventDefault();
    mark(true);
  });
  group.addEventListener("dragleave", () => mark(false));
  group.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (!form || !dragged?.dataset.seat || !group.dataset.group) return;
    field("account_id").value = dragged.dataset.seat;
    field("number").value = group.dataset.group;
    form.requestSubmit();
  });
}
