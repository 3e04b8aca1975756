export const SITE = 'https://genkan.example';
export const TIME = new Date('2026-11-23T09:30:00Z');
/** A day after it, as most deadlines are. */
export const DEADLINE = new Date('2026-11-24T09:30:00Z');

/** What an administrator does to somebody's account. */
export const DEED = {
  objectionUrl: `${SITE}/admin-enrollment/objection/...`,
  objectionDeadline: DEADLINE,
  stopsUntil: DEADLINE,
  isOfCase: false,
};
