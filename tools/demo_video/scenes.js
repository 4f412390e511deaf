// Draws any moment of the demo video. `drawAt(seconds)` is all that the maker calls.

const COLOURS = {
  paper: "#fbf8f2",
  sheet: "#fffdfa",
  ink: "#23201c",
  soft: "#5f574c",
  line: "#e2dacb",
  accent: "#0f5f63",
  glass: "#d5e9e5",
  mud: "#f3dfb4",
  fleck: "#d9b972",
  question: "#855000",
  teacher: "#63408d",
};
const canvas = document.querySelector("canvas");
const pen = canvas.getContext("2d");
const STAGE = { x: 500, y: 40, width: 740, height: 640 };
const SLANT = crossing({ at: { x: 890, y: 350 }, tilt: 0.84, from: { x: 930, y: 640 }, speed: 46 });
const HEAD_ON = crossing({ at: { x: 870, y: 350 }, tilt: 0, from: { x: 870, y: 640 }, speed: 46 });
const WAVES = crossing({ at: { x: 870, y: 360 }, tilt: 0.84, from: { x: 870, y: 1500 }, speed: 46 });
let cues = [];

/** Take the captions; the words in the picture are the same ones. */
function setCues(list) {
  cues = list;
}

function drawAt(t) {
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, 1280, 720);
  if (t < 7) return title(t);
  const [, draw, from] = SCENES.findLast(([start]) => t >= start);
  pen.save();
  pen.beginPath();
  pen.roundRect(STAGE.x, STAGE.y, STAGE.width, STAGE.height, 14);
  pen.clip();
  fill(COLOURS.sheet);
  draw(t - (from ?? 0), t);
  pen.restore();
  pen.strokeStyle = COLOURS.line;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.roundRect(STAGE.x, STAGE.y, STAGE.width, STAGE.height, 14);
  pen.stroke();
  words(t);
}

/** [start of the scene, its drawing, where its clock starts] */
const SCENES = [
  [7, beam, 7],
  [19, race, 19],
  [30, (t) => walk(SLANT, Math.min(t, 9) * 0.4 - 0.6), 30],
  [40, (t) => walk(SLANT, 3 + t * 0.52), 40],
  [60, (t) => walk(SLANT, 13.4 + Math.max(0, t - 6) * 0.5, { trails: t > 1 ? 6 : 0 }), 60],
  [72, (t) => walk(HEAD_ON, 2 + t * 0.95), 72],
  [84, (t, at) => waves(t, at > 90.7), 84],
  [98, outAgain, 98],
];

function title(t) {
  text("Why does light bend?", 640, 300, `600 76px "Source Serif 4"`, COLOURS.ink, "center");
  text("An answer with a row of walkers", 640, 366, `400 34px "Source Serif 4"`, COLOURS.soft, "center");
  for (let i = 0; i < 7; i++) walker({ x: 448 + i * 64, y: 490 - t * 4 }, -Math.PI / 2, t * 2 + i, COLOURS.accent);
}

function words(t) {
  const cue = cues.find((one) => t >= one.start - 0.1 && t < one.end + 0.25);
  if (!cue) return;
  pen.font = `400 33px "Source Serif 4"`;
  const lines = wrapped(cue.text, 400);
  lines.forEach((line, i) => {
    text(line, 56, 360 + (i - (lines.length - 1) / 2) * 46, pen.font, COLOURS.ink, "left");
  });
}

function wrapped(words, width) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function text(words, x, y, font, colour, align) {
  pen.font = font;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.fillText(words, x, y);
}

function fill(colour) {
  pen.fillStyle = colour;
  pen.fillRect(STAGE.x, STAGE.y, STAGE.width, STAGE.height);
}

/** Everything beyond a border, in a colour. */
function beyond(way, colour) {
  pen.save();
  pen.translate(way.at.x, way.at.y);
  pen.rotate(-way.tilt);
  pen.fillStyle = colour;
  pen.fillRect(-1200, -1200, 2400, 1200);
  if (colour === COLOURS.mud) flecks();
  pen.restore();
}

function flecks() {
  pen.fillStyle = COLOURS.fleck;
  for (let i = 0; i < 420; i++) {
    const x = ((i * 197.3) % 1500) - 750;
    const y = -8 - ((i * 89.7) % 700);
    pen.beginPath();
    pen.ellipse(x, y, 5 + (i % 3) * 2, 2.4, 0.4, 0, 7);
    pen.fill();
  }
}

function line(points, colour, width, dash = []) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.setLineDash(dash);
  pen.beginPath();
  for (const { x, y } of points) pen.lineTo(x, y);
  pen.stroke();
  pen.setLineDash([]);
}

/** A person from above, looking along `angle`. */
function walker({ x, y }, angle, step, colour) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.fillStyle = COLOURS.soft;
  for (const side of [-1, 1]) {
    pen.beginPath();
    pen.ellipse(Math.sin(step * 3) * 9 * side, side * 7, 8, 4, 0, 0, 7);
    pen.fill();
  }
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(0, 0, 9, 17, 0, 0, 7);
  pen.fill();
  pen.fillStyle = COLOURS.ink;
  pen.beginPath();
  pen.arc(1, 0, 7.5, 0, 7);
  pen.fill();
  pen.restore();
}

function walk(way, t, { trails = 0 } = {}) {
  beyond(way, COLOURS.mud);
  text("mud", 600, 90, `600 24px "Source Sans 3"`, COLOURS.question, "center");
  text("pavement", 1140, 640, `600 24px "Source Sans 3"`, COLOURS.soft, "center");
  const width = 300;
  if (trails) trail(way, width, t, trails);
  line(row(way, width + 30, t), COLOURS.ink, 5);
  for (let i = 0; i < 7; i++) {
    const here = place(way, (i / 6 - 0.5) * width, t);
    const angle = here.slow ? Math.atan2(way.after.y, way.after.x) : -Math.PI / 2;
    walker(here, angle, (here.slow ? t / SLOWER : t) * 1.6 + i, here.slow ? COLOURS.question : COLOURS.accent);
  }
}

/** How far each of them came: the rows of the last seconds. */
function trail(way, width, t, seconds) {
  for (let back = 1; back <= seconds; back++) {
    pen.globalAlpha = 0.5 - back * 0.06;
    line(row(way, width + 30, t - back * 1.6), COLOURS.teacher, 3);
  }
  pen.globalAlpha = 1;
}

const SURFACE = { x: 870, y: 350 };

function beam(t) {
  pen.fillStyle = COLOURS.glass;
  pen.fillRect(STAGE.x, SURFACE.y, STAGE.width, STAGE.height);
  label("air", 100);
  label("glass", 630);
  line([{ x: SURFACE.x, y: 90 }, { x: SURFACE.x, y: 640 }], COLOURS.soft, 2, [4, 10]);
  const angle = 0.9;
  const inside = Math.asin(Math.sin(angle) / SLOWER);
  const start = { x: SURFACE.x - 300 * Math.tan(angle), y: SURFACE.y - 300 };
  const down = Math.min(t / 2.6, 1);
  line([start, along(start, SURFACE, down)], COLOURS.question, 7);
  if (t < 2.6) return;
  const end = { x: SURFACE.x + 330 * Math.tan(inside), y: SURFACE.y + 330 };
  line([SURFACE, along(SURFACE, end, Math.min((t - 2.6) / 3.4, 1))], COLOURS.question, 7);
  if (t < 5.7) return;
  line([SURFACE, { x: SURFACE.x + 300 * Math.tan(angle), y: SURFACE.y + 300 }], COLOURS.soft, 3, [10, 12]);
}

function along(from, to, part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function label(words, y) {
  text(words, 1190, y, `600 24px "Source Sans 3"`, COLOURS.soft, "right");
}

function race(t) {
  pen.fillStyle = COLOURS.glass;
  pen.fillRect(STAGE.x, 360, STAGE.width, 400);
  lane(200, t, 1, "air", "300,000 km in a second");
  lane(510, t, 1 / SLOWER, "glass", "200,000 km in a second");
}

function lane(y, t, part, name, speed) {
  text(name, 540, y - 66, `600 26px "Source Sans 3"`, COLOURS.soft, "left");
  text(speed, 1200, y - 66, `600 26px "Source Sans 3"`, COLOURS.ink, "right");
  line([{ x: 540, y }, { x: 1200, y }], COLOURS.line, 6);
  const x = 540 + 660 * part * Math.min((t % 5.5) / 4, 1);
  line([{ x: 540, y }, { x, y }], COLOURS.question, 8);
  pen.fillStyle = COLOURS.question;
  pen.beginPath();
  pen.arc(x, y, 14, 0, 7);
  pen.fill();
}

function waves(t, withRay) {
  beyond(WAVES, COLOURS.glass);
  text("glass", 600, 90, `600 24px "Source Sans 3"`, COLOURS.soft, "center");
  text("air", 1180, 640, `600 24px "Source Sans 3"`, COLOURS.soft, "center");
  for (let k = -4; k < 26; k++) {
    const points = row(WAVES, 1500, t + 12 + k * 1.5, 300);
    line(points, COLOURS.accent, k === 8 ? 6 : 3);
  }
  if (!withRay) return;
  line([place(WAVES, 0, 16), place(WAVES, 0, 24.782), place(WAVES, 0, 35)], COLOURS.question, 7);
  arrow(place(WAVES, 0, 35), WAVES.after, COLOURS.question);
}

function arrow({ x, y }, to, colour) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(Math.atan2(to.y, to.x));
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(22, 0);
  pen.lineTo(-10, -15);
  pen.lineTo(-10, 15);
  pen.fill();
  pen.restore();
}

function outAgain(t) {
  pen.fillStyle = COLOURS.glass;
  pen.fillRect(STAGE.x, SURFACE.y, STAGE.width, STAGE.height);
  label("air", 100);
  label("glass", 630);
  line([{ x: SURFACE.x, y: 90 }, { x: SURFACE.x, y: 640 }], COLOURS.soft, 2, [4, 10]);
  const start = { x: SURFACE.x - 180, y: 640 };
  line([start, along(start, SURFACE, Math.min(t / 2.5, 1))], COLOURS.question, 7);
  if (t < 2.5) return;
  for (const angle of [0.25, 0.558, 0.95]) {
    const end = { x: SURFACE.x + 250 * Math.sin(angle), y: SURFACE.y - 250 * Math.cos(angle) };
    line([SURFACE, end], COLOURS.soft, 3, [10, 12]);
    text("?", end.x + 22 * Math.sin(angle), end.y - 26, `600 34px "Source Serif 4"`, COLOURS.question, "center");
  }
}
