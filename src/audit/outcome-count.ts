import { Counter } from 'prom-client';
import type { Act } from './acts.js';
import type { Reason } from './reasons.js';

const outcomes = new Counter({
  name: 'genkan_outcomes_total',
  help: 'What people and operators tried, and how it ended: the words of the log',
  labelNames: ['act', 'reason'],
});

/** Rare ones that alerts ask for: an increase shows only where a series was there before. */
const ALARMING: [Act, Reason][] = [
  ['objection', 'done'],
  ['objection', 'case-objected'],
  ['objection', 'desk-decides'],
  ['proof-alarm', 'all-failures'],
  ['sign-in', 'password-wrong'],
  ['sign-in', 'account-unknown'],
];
for (const [act, reason] of ALARMING) outcomes.inc({ act, reason }, 0);

/** Counts what the log gets to know, for the metrics; also what is only counted there by the hour. */
export function countOutcome(act: Act, reason: Reason): void {
  outcomes.inc({ act, reason });
}
