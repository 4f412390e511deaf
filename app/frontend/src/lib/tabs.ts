/** Tabs of one page: [role=tablist] with [role=tab][aria-controls]; arrow keys move, only the chosen panel shows. */
export function select(tab: HTMLElement): void {
  const list = tab.closest("[role=tablist]");
  for (const other of list?.querySelectorAll<HTMLElement>("[role=tab]") ?? []) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !chosen;
  }
}

function onKey(event: KeyboardEvent): void {
  const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
  const tabs = [...(tab?.closest("[role=tablist]")?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])];
  if (!tab || !tabs.length) return;
  const at = tabs.indexOf(tab);
  const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  const next = goal === undefined ? undefined : tabs[(goal + tabs.length) % tabs.length];
  if (!next) return;
  event.preventDefault();
  select(next);
  next.focus();
}

export function startTabs(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
    if (tab) select(tab);
  });
}
