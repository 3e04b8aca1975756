import { notice, type Notice } from '../web/notices.js';
import type { MailRefusal } from './mail-limits.js';

export const MAIL_REFUSALS: Record<MailRefusal, Notice> = {
  'mail-too-soon': notice(
    'mail-too-soon',
    'warning',
    'メールはお送りしたばかりです。3分ほど待ってから、もう一度お試しください。',
  ),
  'mail-limit': notice(
    'mail-limit',
    'warning',
    'このメールアドレスへメールを送信できる回数を超えました。1時間ほど待ってから、もう一度お試しください。',
  ),
  'company-limit': notice(
    'company-limit',
    'warning',
    '短い時間にたくさんの招待が送られています。1時間ほど待ってから、もう一度お試しください。',
  ),
};
