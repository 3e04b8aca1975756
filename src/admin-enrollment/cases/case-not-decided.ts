import { notice } from '../../web/notices.js';

/** The case went on meanwhile, whichever side wanted something of it. */
export const CASE_NOT_DECIDED = notice(
  'case-not-decided',
  'warning',
  'お手続きの状況が変わったため、この操作は行えませんでした。',
);
