/**
 * Builds the browser's files: src/ -> ../static/build/ with hashed names and a manifest.
 *
 * Pages name what they want (`asset('page.js')`), app/core/assets.py looks it up in manifest.json.
 * `tools/build_frontend.py` calls this with the right Node and skips it when nothing changed.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { spriteOf } from "./icons.mjs";
import { messagesIn } from "./messages.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const TARGET = resolve(HERE, "../static/build");
const OUT = `${TARGET}.new`; // built aside, so that a failed build never leaves half a site
const BROWSERS = ["chrome111", "firefox115", "safari16.4"];

const hash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 10);

async function filesIn(folder, pattern) {
  const names = await readdir(join(HERE, folder)).catch(() => []);
  return names
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(HERE, folder, name));
}

/** One stylesheet: the order of the layers first, then every file of every folder, so that adding a file is enough. */
async function stylesheet() {
  const layers = ["reset", "tokens", "base", "components", "pages"];
  const imports = [];
  for (const layer of layers)
    for (const file of await filesIn(`src/styles/${layer}`, /\.css$/))
      imports.push(`@import "./${relative(join(HERE, "src/styles"), file)}" layer(${layer});`);
  return `@layer ${layers.join(", ")};\n@import "./fonts.css";\n${imports.join("\n")}\n${await plainColours()}`;
}

/** The tokens again for browsers of our floor that do not know light-dark() (Chromium < 123, Firefox < 120, Safari < 17.5). */
async function plainColours() {
  const tokens = await readFile(join(HERE, "src/styles/tokens/tokens.css"), "utf8");
  const pairs = [...tokens.split("@media")[0].matchAll(/(--[\w-]+): light-dark\((#\w+), (#\w+)\);/g)];
  const [light, dark] = [2, 3].map((which) => pairs.map((pair) => `${pair[1]}:${pair[which]}`).join(";"));
  return `@layer tokens { @supports not (color: light-dark(#000, #fff)) {
    :root { ${light} }
    @media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
    :root[data-theme="dark"] { ${dark} }
  } }`;
}

const shared = {
  bundle: true,
  minify: true,
  metafile: true,
  outdir: OUT,
  target: BROWSERS,
  legalComments: "none",
  logLevel: "warning",
  nodePaths: [join(HERE, "node_modules")], // for annotators/**/*.ts, which live outside this folder
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".woff2": "file" },
  assetNames: "[name]-[hash]",
};

/** Entries as ES modules that share their common parts. */
const modules = (entryPoints, plugins = []) =>
  esbuild.build({
    ...shared,
    entryPoints,
    plugins,
    format: "esm",
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
  });

/** The reading page by itself: sharing with the other pages would tear it into two dozen small files. */
const READER = /[\\/]reader\.tsx$/;

/**
 * What a page loads later imports the whole page: so esbuild puts all that they share into one file. Otherwise it
 * makes one for each combination of users, and a dozen small requests take longer than one.
 */
const shareWhole = (entry) => ({
  name: "share-whole",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === "dynamic-import" ? { path: resolve(resolveDir, path), namespace: LATER } : undefined,
    );
    build.onLoad({ filter: /./, namespace: LATER }, ({ path }) => ({
      contents: `import ${JSON.stringify(entry)}; export * from ${JSON.stringify(path)};`,
      resolveDir: dirname(path),
    }));
  },
});
const LATER = "later";

async function pages() {
  const entries = await filesIn("src/entries", /\.tsx?$/);
  const reader = entries.find((path) => READER.test(path));
  return Promise.all([
    modules(entries.filter((path) => path !== reader)),
    modules([reader], [shareWhole(reader)]),
  ]);
}

/** Scripts that must run before the first paint: classic, tiny, one file each. */
const bootScripts = async () =>
  esbuild.build({
    ...shared,
    entryPoints: await filesIn("src/boot", /\.ts$/),
    format: "iife",
    entryNames: "[name]-[hash]",
  });

const styles = async () =>
  esbuild.build({
    ...shared,
    stdin: {
      contents: await stylesheet(),
      loader: "css",
      resolveDir: join(HERE, "src/styles"),
      sourcefile: "styles.css",
    },
    entryNames: "styles-[hash]",
  });

/** pdf.js is painted with only on pages that show a PDF, so its files are copied, not bundled. */
async function copyPdfjs() {
  const from = join(HERE, "node_modules/pdfjs-dist");
  const to = join(OUT, "pdfjs");
  for (const folder of ["cmaps", "wasm", "standard_fonts", "iccs"])
    await cp(join(from, folder), join(to, folder), { recursive: true });
  for (const file of ["pdf.min.mjs", "pdf.worker.min.mjs"])
    await cp(join(from, "legacy/build", file), join(to, file));
}

function entriesOf(result, manifest) {
  const outputs = result.metafile.outputs;
  for (const [out, { entryPoint, cssBundle }] of Object.entries(outputs)) {
    if (!entryPoint) continue;
    const name = basename(entryPoint).replace(/\.tsx?$/, ".js");
    const logical = name === "<stdin>" || name === "styles.css" ? "styles.css" : name;
    manifest.files[logical] = basename(fileWithCode(out, outputs));
    if (cssBundle) throw new Error(`${name} imports CSS; styles belong into src/styles`);
  }
}

/** An entry whose code is all in the part that it imports (see shareWhole) is asked for as that part. */
function fileWithCode(out, outputs) {
  const { inputs, imports } = outputs[out];
  const empty = !Object.values(inputs).some(({ bytesInOutput }) => bytesInOutput);
  return empty && imports.length === 1 ? imports[0].path : out;
}

/** The two faces that nearly every page shows, so that base.html can ask for them at once. */
function facesOf(result, manifest) {
  for (const out of Object.keys(result.metafile.outputs)) {
    const face = basename(out).match(/^(source-(?:sans-3|serif-4)-latin-wght-normal)-\w+\.woff2$/);
    if (face) manifest.files[`${face[1]}.woff2`] = basename(out);
  }
}

/** What else a page should preload for an entry, so that its parts do not load one after the other. */
function partsOf(result, manifest) {
  const outputs = result.metafile.outputs;
  const closure = (out, seen) => {
    for (const { path, kind } of outputs[out].imports)
      if (kind === "import-statement" && outputs[path] && !seen.has(path)) closure(path, seen.add(path));
    return seen;
  };
  for (const [out, { entryPoint }] of Object.entries(outputs))
    if (entryPoint)
      manifest.parts[basename(entryPoint).replace(/\.tsx?$/, ".js")] = [
        ...closure(fileWithCode(out, outputs), new Set()),
      ].map((p) => basename(p));
}

async function main() {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const manifest = { files: {}, parts: {}, icons: [], messages: [] };
  const [scripts, boot, css, sprite] = await Promise.all([
    pages(),
    bootScripts(),
    styles(),
    spriteOf(HERE),
    copyPdfjs(),
  ]);
  for (const result of [...scripts, boot, css]) entriesOf(result, manifest);
  for (const result of scripts) partsOf(result, manifest);
  facesOf(css, manifest);
  manifest.messages = await messagesIn(
    [...new Set(scripts.flatMap((result) => Object.keys(result.metafile.inputs)))].filter(
      (path) => !path.startsWith(`${LATER}:`),
    ),
    process.cwd(),
  );
  manifest.icons = sprite.names;
  manifest.files["icons.svg"] = `icons-${hash(sprite.svg)}.svg`;
  await writeFile(join(OUT, manifest.files["icons.svg"]), sprite.svg);
  for (const file of await filesIn("src/images", /\.(svg|png)$/)) {
    const bytes = await readFile(file);
    const name = basename(file).replace(/(\.\w+)$/, `-${hash(bytes)}$1`);
    manifest.files[basename(file)] = name;
    await writeFile(join(OUT, name), bytes);
  }
  await writeFile(join(OUT, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  await rm(TARGET, { recursive: true, force: true });
  await rename(OUT, TARGET);
}

await main();
