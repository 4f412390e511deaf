/** Every pair of colours that carries words or a shape with a meaning, in light and dark, by WCAG 2.2's formula. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("./tokens/tokens.css", import.meta.url), "utf8");
const marks = readFileSync(new URL("./components/marks.css", import.meta.url), "utf8");
const PAIR = /(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g;
const pairsIn = (text: string) =>
  [...text.matchAll(PAIR)].map(([, name = "", light = "", dark = ""]) => ({ name, light, dark }));
const tokens = new Map(pairsIn(css.split("@media")[0] ?? "").map((pair) => [pair.name, pair]));

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function atLeast(reach: number, ink: string, ground: string): void {
  const [front, back] = [tokens.get(ink), tokens.get(ground)];
  assert.ok(front && back, `${ink} or ${ground} is not a token`);
  for (const theme of ["light", "dark"] as const) {
    const found = contrast(front[theme], back[theme]);
    assert.ok(found >= reach, `${ink} on ${ground}, ${theme}: ${found.toFixed(2)} is under ${reach}`);
  }
}

const SURFACES = ["--paper", "--sheet", "--sunken"];
const INKS = [
  "--ink",
  "--ink-soft",
  "--accent",
  "--accent-strong",
  "--question",
  "--solved",
  "--teacher",
  "--danger",
];
const MARKS = [
  "--mark-others",
  "--mark-others-more",
  "--mark-others-most",
  "--mark-question",
  "--mark-active",
];

for (const ink of INKS)
  test(`${ink} can be read on every surface`, () => {
    for (const surface of SURFACES) atLeast(4.5, ink, surface);
  });

test("words can be read on washes, fills and marks", () => {
  for (const name of ["accent", "question", "solved", "teacher", "danger"]) {
    atLeast(4.5, name === "accent" ? "--accent-strong" : `--${name}`, `--${name}-wash`);
    atLeast(4.5, "--ink", `--${name}-wash`);
  }
  atLeast(4.5, "--accent", "--accent-wash");
  atLeast(4.5, "--on-accent", "--accent");
  atLeast(4.5, "--on-accent", "--accent-strong");
  atLeast(4.5, "--on-danger", "--danger");
  for (const mark of MARKS) atLeast(7, "--ink", mark);
});

test("the edges of controls can be seen", () => {
  for (const surface of SURFACES) atLeast(3, "--line-strong", surface);
});

test("initials can be read on every avatar", () => {
  const colours = pairsIn(marks);
  assert.ok(colours.length >= 12);
  for (let at = 0; at < colours.length; at += 2)
    for (const theme of ["light", "dark"] as const) {
      const [ground, ink] = [colours[at]?.[theme] ?? "", colours[at + 1]?.[theme] ?? ""];
      assert.ok(contrast(ground, ink) >= 4.5, `${ink} on ${ground}`);
    }
});
