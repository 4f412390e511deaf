/** Loads pdf.js when a page shows a PDF, and never before: it is larger than everything else together. */
import type * as Pdfjs from "pdfjs-dist";

const FOLDER = new URL("./pdfjs/", import.meta.url).href;
let loading: Promise<typeof Pdfjs> | undefined;

export function loadPdfjs(): Promise<typeof Pdfjs> {
  loading ??= import(`${FOLDER}pdf.min.mjs`).then((pdfjs: typeof Pdfjs) => {
    pdfjs.GlobalWorkerOptions.workerSrc = `${FOLDER}pdf.worker.min.mjs`;
    return pdfjs;
  });
  return loading;
}

/** What getDocument() needs to find its fonts and tables; JavaScript instead of WebAssembly, as the page's policy asks. */
export const PDF_PARAMETERS = {
  cMapUrl: `${FOLDER}cmaps/`,
  cMapPacked: true,
  standardFontDataUrl: `${FOLDER}standard_fonts/`,
  wasmUrl: `${FOLDER}wasm/`,
  iccUrl: `${FOLDER}iccs/`,
  useWasm: false,
  isEvalSupported: false,
  enableXfa: false,
};
