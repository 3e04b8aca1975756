export const SITE = 'https://genkan.example';
export const TIME = new Date('2026-11-23T09:30:00Z');

/** What an administrator does to somebody's account. */
export const DEED = {
  objectionUrl: `${SITE}/admin-enrollment/objection/...`,
  objectionDeadline: TIME,
  stopsUntil: TIME,
  isOfCase: false,
};
