/** The list with one step at another place; places beyond the ends are the ends. */
export function moved<T extends { id: string }>(steps: readonly T[], id: string, to: number): T[] {
  const rest = steps.filter((step) => step.id !== id);
  const step = steps.find((one) => one.id === id);
  if (!step) return [...steps];
  const place = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, place), step, ...rest.slice(place)];
}
