/** “Continue on my phone”: buttons with `data-phone` open a dialog with a code, which loads when first wanted. */

/** Told to the page before its person goes on elsewhere, so that it keeps what is typed on the server. */
export const GOES_ELSEWHERE = "foreword:goes-elsewhere";

/** The page to go on with: this one, without a one-time entry that is used up. */
export function pageToGoOnWith({ pathname, search, hash }: Location = location): string {
  const asked = new URLSearchParams(search);
  asked.delete("entry");
  const query = asked.toString();
  return pathname + (query && `?${query}`) + hash;
}

async function open(button: HTMLElement): Promise<void> {
  // The button of a menu is hidden once the dialog closes: then its menu takes the focus back.
  const from = button.closest("details")?.querySelector<HTMLElement>("summary") ?? button;
  document.dispatchEvent(new Event(GOES_ELSEWHERE));
  const { showPhoneDialog } = await import("./PhoneDialog.tsx");
  showPhoneDialog(pageToGoOnWith(), () => from.focus());
}

export function startPhone(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-phone]");
    if (button) void open(button);
  });
}
