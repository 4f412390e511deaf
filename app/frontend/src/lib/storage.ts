/** Small settings of this browser; in a frame without storage they last as long as the page. */
const inThisPage = new Map<string, string>();

export function remember(key: string, value: string): void {
  inThisPage.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Blocked or full: the page itself still remembers it.
    return;
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? inThisPage.get(key) ?? null;
  } catch {
    return inThisPage.get(key) ?? null;
  }
}
