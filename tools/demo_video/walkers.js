// Where each walker of a row is: straight on until the border, then straight on in the mud, slower.
// It is Snell's law; nothing here bends the row by hand.

const SLOWER = 1.5;

/** A border through `at`, tilted by `tilt` radians; a row that starts at `from` and walks up the screen. */
function crossing({ at, tilt, from, speed }) {
  const into = { x: -Math.sin(tilt), y: -Math.cos(tilt) };
  const turned = tilt - Math.asin(Math.sin(tilt) / SLOWER);
  const after = { x: -Math.sin(turned), y: -Math.cos(turned) };
  return { at, tilt, from, speed, into, after };
}

/** Where the walker stands who is `aside` pixels to the right of the row's middle, at time `t`. */
function place(way, aside, t) {
  const start = { x: way.from.x + aside, y: way.from.y };
  const gap = (way.at.x - start.x) * way.into.x + (way.at.y - start.y) * way.into.y;
  const reached = gap / (way.speed * -way.into.y);
  if (t <= reached) return { x: start.x, y: start.y - way.speed * t, slow: false };
  const rest = ((t - reached) * way.speed) / SLOWER;
  return {
    x: start.x + way.after.x * rest,
    y: start.y - way.speed * reached + way.after.y * rest,
    slow: true,
  };
}

/** The row as points, fine enough to show the kink at the border. */
function row(way, width, t, steps = 120) {
  return Array.from({ length: steps + 1 }, (_, i) => place(way, (i / steps - 0.5) * width, t));
}
