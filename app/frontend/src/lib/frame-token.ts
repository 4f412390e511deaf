/**
 * The sign-in of a page in an LMS's frame whose browser keeps no cookies: a token that stands in the page once, and
 * from then on lives in this module's memory only. Empty everywhere else.
 */
function taken(): string {
  if (typeof document === "undefined") return "";
  const element = document.querySelector<HTMLMetaElement>('meta[name="frame-token"]');
  element?.remove();
  return element?.content ?? "";
}

export const frameToken: string = taken();
