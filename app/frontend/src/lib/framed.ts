/** Within an LMS's frame: tells it our height, and without cookies carries the sign-in from page to page. */
import { api } from "./api.ts";
import { frameToken } from "./frame-token.ts";

/** Asks the LMS for as much height as the page needs. It says nothing that others may not know, so anybody may hear. */
function fitFrame(): void {
  const height = Math.max(document.documentElement.scrollHeight, 700);
  window.parent.postMessage({ subject: "lti.frameResize", height }, "*");
}

/** The link that a click would follow within this frame, if it is one of ours. */
function ownLink(event: MouseEvent): HTMLAnchorElement | null {
  const link = (event.target as Element).closest?.("a[href]") as HTMLAnchorElement | null;
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const samePage =
    link?.pathname === location.pathname && link.search === location.search && link.hash !== "";
  if (!link || event.defaultPrevented || !plain || link.origin !== location.origin || samePage) return null;
  return link;
}

/** Follows a link with a one-time code, since the next page is asked for without a cookie. */
async function follow(link: HTMLAnchorElement): Promise<void> {
  const apart = link.target === "_blank";
  const { code } = await api<{ code: string }>("/me/entries", { method: "POST", body: { framed: !apart } });
  const path = link.pathname + link.search;
  if (apart) window.open(`/enter/${code}?next=${encodeURIComponent(path)}`, "_blank", "noopener");
  else location.assign(`${path}${link.search ? "&" : "?"}entry=${code}${link.hash}`);
}

/** A form takes the token along in its body. */
function sign(form: HTMLFormElement): void {
  if (new URL(form.action).origin !== location.origin || form.method !== "post") return;
  const field = form.elements.namedItem("frame_token") ?? document.createElement("input");
  if (!(field instanceof HTMLInputElement)) return;
  Object.assign(field, { type: "hidden", name: "frame_token", value: frameToken });
  form.append(field);
}

/** Starts what a framed page does; nothing at top level. */
export function startFramed(): void {
  if (window.parent === window) return;
  new ResizeObserver(fitFrame).observe(document.body);
  if (!frameToken) return;
  document.addEventListener("click", (event) => {
    const link = ownLink(event);
    if (!link) return;
    event.preventDefault();
    void follow(link);
  });
  document.addEventListener("submit", (event) => sign(event.target as HTMLFormElement));
}
