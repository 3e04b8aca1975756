import type { Entry } from '../networks/fold-entries.js';

export interface Difference {
  added: Entry[];
  removed: Entry[];
  changed: Entry[];
}

export function difference(before: readonly Entry[], after: readonly Entry[]): Difference {
  const old = new Map(before.map((entry) => [entry.network, entry]));
  const kept = new Set(after.map(({ network }) => network));
  return {
    added: after.filter(({ network }) => !old.has(network)),
    removed: before.filter(({ network }) => !kept.has(network)),
    changed: after.filter((entry) => isChanged(old.get(entry.network) ?? entry, entry)),
  };
}

export function isNone({ added, removed, changed }: Difference): boolean {
  return added.length + removed.length + changed.length === 0;
}

function isChanged(before: Entry, after: Entry): boolean {
  return before.label !== after.label || before.endsAt?.getTime() !== after.endsAt?.getTime();
}
