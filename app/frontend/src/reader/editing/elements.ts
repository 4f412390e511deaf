/** GitHub's custom elements, loaded with the first editor that opens. */
import "@github/markdown-toolbar-element";
import "@github/text-expander-element";
