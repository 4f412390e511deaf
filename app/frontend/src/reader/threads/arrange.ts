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
export const USUAL_HEIGHT = 104;
/** How far from its passage a thread may be pushed before it is folded with its neighbours. */
const FARTHEST = 520;

/**
 * Folds what would stand too far from its passage: returns keys in order, each fold as a list. `keep` names
 * those that must stay out (the active one, those being written).
 */
export function fold(
  wishes: readonly { key: string; wish: number }[],
  keep: ReadonlySet<string>,
): (string | string[])[] {
  const kept: (string | string[])[] = [];
  let free = 0;
  for (const { key, wish } of wishes) {
    if (free - wish <= FARTHEST || keep.has(key)) {
      kept.push(key);
      free = Math.max(free, wish) + USUAL_HEIGHT;
    } else if (Array.isArray(kept.at(-1))) (kept.at(-1) as string[]).push(key);
    else kept.push([key]);
  }
  return kept;
}
