import { say } from '../../web/sentence.js';

/** As a company's log names whom none of its accounts is. */
export const DESK = say('担当窓口');
export const BILLING_CONTACT = say('ご請求先');
export const APPLICANT = say('お手続き中の方');
export const SYSTEM = say('自動処理');
