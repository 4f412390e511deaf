/** HTML that the server made and sanitised, put in as nodes. Nothing else may come this way. */
import { useLayoutEffect, useRef } from "preact/hooks";

type Props = { html: string; class?: string };

export function SanitisedHtml({ html, class: className }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    box.current?.replaceChildren(...parsed.body.childNodes);
  }, [html]);
  return <div class={className} ref={box} dir="auto" />;
}
