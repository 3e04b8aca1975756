import type { KeptFields } from '../visit.js';

/** Fields that the page fills in itself, and nobody types. */
export const FILLED_BY_PAGES = new Set([
  'account',
  'accountId',
  'asked',
  'attempt',
  'before',
  'by',
  'case',
  'changed',
  'deviceId',
  'edition',
  'encoding',
  'enrollment',
  'flow',
  'from',
  'heard',
  'invitationId',
  'kind',
  'link',
  'list',
  'mayLeaveNobody',
  'next',
  'ofPerson',
  'page',
  'passkey',
  'passkeyId',
  'place',
  'policy',
  'q',
  'removalId',
  'sessionId',
  'sheet',
  'shown',
  'state',
  'version',
  'was',
]);

/** Whether people entered or ticked any of it. */
export function isEntered(fields: KeptFields): boolean {
  return Object.entries(fields).some(
    ([name, value]) => value.length > 0 && !FILLED_BY_PAGES.has(name),
  );
}
