import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';

/** After the end of a trial, by a session or by a password given on the page that refuses. */
export const IP_TRIAL_STOPPED = notice.success(say('試行を終了し、元の設定に戻しました。'));
