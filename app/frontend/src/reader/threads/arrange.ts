/**
 * Where threads stand beside their passages. Pure, so that it can be tested: heights and wishes in, places out.
 *
 * Everybody stands beside their own passage where there is room, and is pushed down where there is none. The
 * anchored one (active, or being written) stands exactly; those above it make room upwards.
 */
export type Slot = { key: string; wish: number; height: number };

const GAP = 8;

export function arrange(slots: readonly Slot[], anchored: string | null): Map<string, number> {
  const places = down(slots, 0);
  const anchor = slots.findIndex((slot) => slot.key === anchored);
  if (anchor > 0) {
    const above = slots.slice(0, anchor).reduce((sum, slot) => sum + slot.height + GAP, 0);
    let limit = Math.max((slots[anchor] as Slot).wish, above);
    places.set((slots[anchor] as Slot).key, limit);
    for (let index = anchor - 1; index >= 0; index--) {
      const slot = slots[index] as Slot;
      const top = Math.min(places.get(slot.key) ?? 0, limit - GAP - slot.height);
      places.set(slot.key, top);
      limit = top;
    }
    for (const [key, top] of down(slots.slice(anchor), places.get((slots[anchor] as Slot).key) ?? 0))
      places.set(key, top);
  }
  return places;
}

function down(slots: readonly Slot[], from: number): Map<string, number> {
  const places = new Map<string, number>();
  let free = from;
  for (const { key, wish, height } of slots) {
    const top = Math.max(wish, free);
    places.set(key, top);
    free = top + height + GAP;
  }
  return places;
}

/** Height that a closed thread is taken for before it is drawn. */
export const USUAL_HEIGHT = 132;
const FOLD_HEIGHT = 40;
/** How far from its passage a thread may be pushed before it is folded with its neighbours. */
const FARTHEST = 520;

type Wish = { key: string; wish: number };
/** A thread that is shown, or those that are folded together. */
type Entry = string | string[];

/**
 * Folds what would stand too far from its passage: returns keys in order, each fold as a list. `keep` names
 * those that must stay out. Before the anchored one only so many stay out as there is room for above it.
 */
export function fold(
  wishes: readonly Wish[],
  keep: ReadonlySet<string>,
  anchored: string | null = null,
): Entry[] {
  const at = wishes.findIndex(({ key }) => key === anchored);
  if (at <= 0) return foldFar(wishes, keep, 0);
  const room = (wishes[at] as Wish).wish;
  return [...fitting(foldFar(wishes.slice(0, at), keep, 0), room), ...foldFar(wishes.slice(at), keep, room)];
}

function foldFar(wishes: readonly Wish[], keep: ReadonlySet<string>, from: number): Entry[] {
  const kept: Entry[] = [];
  let free = from;
  for (const { key, wish } of wishes) {
    const last = kept.at(-1);
    if (free - wish <= FARTHEST || keep.has(key)) {
      kept.push(key);
      free = Math.max(free, wish) + USUAL_HEIGHT;
    } else if (Array.isArray(last)) last.push(key);
    else kept.push([key]);
  }
  return kept;
}

/** As many of the last entries as there is room for; the others in one fold above them. */
function fitting(entries: readonly Entry[], room: number): Entry[] {
  const heights = entries.map((entry) => (Array.isArray(entry) ? FOLD_HEIGHT : USUAL_HEIGHT));
  let left = room - FOLD_HEIGHT;
  let from = entries.length;
  while (from > 0 && left >= (heights[from - 1] as number)) {
    from -= 1;
    left -= heights[from] as number;
  }
  const folded = entries.slice(0, from).flat();
  return folded.length ? [folded, ...entries.slice(from)] : [...entries];
}
