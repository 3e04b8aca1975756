/**
 * What one process of all does at a time, by locks of the server. Their numbers are the same in each
 * version, because two versions run side by side during an update: names are only added at the end.
 */
export const LOCKS = [
  'migration',
  'embedded-server',
  'secret-key-adoption',
  'master-data-import',
  'demo-companies',
  'invoice-import',
  'audit-seals',
  'operators',
] as const;

/** Arbitrary, and far from the numbers that the job queue may use. */
const FIRST = 7_305_417;

export function lockNumber(name: (typeof LOCKS)[number]): number {
  return FIRST + LOCKS.indexOf(name);
}
