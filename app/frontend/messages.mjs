/** Collects what the browser's code says to people, so that the server can send exactly these translations. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/.source;
const CALL = new RegExp(`\\b(n?t)\\(\\s*(${STRING})(?:\\s*,\\s*(${STRING}))?`, "g");

/** The text of a string literal as Biome writes them: double quotes, or single ones around double quotes. */
const textOf = (literal) =>
  JSON.parse(
    literal.startsWith("'")
      ? `"${literal.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"`
      : literal,
  );

/** A file without its comments, whose examples nobody reads on a page. */
const codeOf = async (path) => (await readFile(path, "utf8")).replace(/^\s*(\/?\*|\/\/).*$/gm, "");

/** Messages of the code that was bundled: `[text]` for t(), `[one, many]` for nt(); sorted, each once. */
export async function messagesIn(paths, folder) {
  const found = new Map();
  for (const path of paths.filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules")))
    for (const [, call, one, many] of (await codeOf(resolve(folder, path))).matchAll(CALL))
      found.set(one, call === "nt" && many ? [textOf(one), textOf(many)] : [textOf(one)]);
  return [...found.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}
