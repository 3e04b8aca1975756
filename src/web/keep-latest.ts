/** Keeps it in a map that has a bound. The newest stand at the end, so the oldest go first. */
export function keepLatest<Kept>(
  all: Map<string, Kept>,
  key: string,
  kept: Kept,
  most: number,
): void {
  all.delete(key);
  all.set(key, kept);
  if (all.size > most) all.delete(all.keys().next().value!);
}
