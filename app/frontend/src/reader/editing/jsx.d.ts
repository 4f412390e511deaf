import type { JSX } from "preact";

type Custom = JSX.HTMLAttributes<HTMLElement>;

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "markdown-toolbar": Custom & { for?: string };
      "md-bold": Custom;
      "md-italic": Custom;
      "md-quote": Custom;
      "md-code": Custom;
      "md-link": Custom;
      "md-unordered-list": Custom;
      "text-expander": Custom & { keys?: string };
    }
  }
}
