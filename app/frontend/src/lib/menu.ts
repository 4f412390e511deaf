/** Menus are <details data-menu>: they open without scripts; here they close as people expect and take arrow keys. */
const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(".menu-item")];
}

function close(menu: HTMLDetailsElement, refocus: boolean): void {
  menu.open = false;
  if (refocus) menu.querySelector<HTMLElement>("summary")?.focus();
}

function onKey(event: KeyboardEvent): void {
  const menu = (event.target as Element | null)?.closest<HTMLDetailsElement>("details[data-menu]");
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    event.stopPropagation();
    close(menu, true);
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = itemsOf(menu);
  if (!step || !items.length) return;
  event.preventDefault();
  menu.open = true;
  const at = items.indexOf(event.target as HTMLElement);
  items[(at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length]?.focus();
}

/** Listens once for all menus, those that come later included. */
export function startMenus(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      const inside = event.target instanceof Node && menu.contains(event.target);
      const chosen = (event.target as Element | null)?.closest?.(".menu-item");
      if (!inside || chosen) close(menu, false);
    }
  });
  document.addEventListener("focusout", (event) => {
    const menu = (event.target as Element).closest?.<HTMLDetailsElement>("details[data-menu][open]");
    if (menu && event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget))
      close(menu, false);
  });
}
