/** What the log calls an application and its end, by its kind. */
export const ACTS = {
  initial: { application: 'initial-registration', withdrawal: 'registration-withdrawal' },
  succession: { application: 'succession-application', withdrawal: 'succession-withdrawal' },
} as const;
