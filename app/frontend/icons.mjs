/** Makes one SVG sprite of the icons that the pages name, out of lucide's two thousand. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const SOURCES = /\.(html|tsx?|py)$/;
const QUOTED = /["']([a-z][a-z0-9-]*)["']/g;

async function* sourcesUnder(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "static", "__pycache__"].includes(entry.name)) yield* sourcesUnder(path);
    } else if (SOURCES.test(entry.name)) yield path;
  }
}

/** Every quoted word that is the name of one, on a line that says "icon" or calls a macro of ui.html. */
function namesIn(text, known) {
  const lines = text.split("\n").filter((line) => /icon|\bui\.\w+\(/i.test(line));
  return lines.flatMap((line) => [...line.matchAll(QUOTED)].map((match) => match[1]).filter(known));
}

/** Returns the sprite and the names in it. `frontend` is this folder; names are searched in all of app/. */
export async function spriteOf(frontend) {
  const folder = join(frontend, "node_modules/lucide-static/icons");
  const known = (name) => existsSync(join(folder, `${name}.svg`));
  const names = new Set();
  for await (const path of sourcesUnder(resolve(frontend, "..")))
    for (const name of namesIn(await readFile(path, "utf8"), known)) names.add(name);
  const sorted = [...names].sort();
  const symbols = await Promise.all(
    sorted.map(async (name) => symbol(name, await readFile(join(folder, `${name}.svg`), "utf8"))),
  );
  return { names: sorted, svg: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n` };
}

function symbol(name, svg) {
  const inside = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>[\s\S]*$/, "")
    .replace(/\s*\n\s*/g, "");
  const stroke =
    'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${stroke}>${inside}</symbol>`;
}
