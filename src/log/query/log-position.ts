/**
 * A place between two rows of the log, by the row beside it: pages cost the same wherever they are.
 * Of rows of one moment, the id decides.
 */
export interface LogPosition {
  direction: 'older' | 'newer';
  /** UTC, with all six digits of the second's fraction. */
  at: string;
  id: string;
}

const PLACE = /^(older|newer)~(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)~(\d{1,18})$/;

export function writePlace({ direction, at, id }: LogPosition): string {
  return `${direction}~${at}~${id}`;
}

/** Undefined for whatever was not written here: the log begins with its newest row then. */
export function readPlace(text: unknown): LogPosition | undefined {
  const [, direction, at = '', id = ''] = PLACE.exec(String(text)) ?? [];
  if (!isTime(at)) return undefined;
  return { direction: direction as LogPosition['direction'], at, id };
}

/** JavaScript takes 31 February and the year 0 for times, PostgreSQL takes neither. */
function isTime(at: string): boolean {
  const time = new Date(at);
  return time.getTime() > 0 && time.toISOString().slice(0, 23) === at.slice(0, 23);
}
