import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

export const PASSKEY_GONE = notice.info(say('このパスキーは、すでに削除されています。'));
