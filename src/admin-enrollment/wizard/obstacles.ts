import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import type { Obstacle } from '../enrollments.js';

const TITLES = {
  'administrators-exist': say('すでに管理者が登録されています'),
  'registration-running': say('登録の手続きが進んでいます'),
  'no-administrators': say('管理者がまだ登録されていません'),
  'too-many-applications': say('お申し込みが続いているため、受け付けできません'),
};

/** Why the company takes no application now, and which way leads on; it names nobody. */
export function obstaclePage(obstacle: Obstacle): Answer {
  return page(`admin-enrollment/${obstacle}`, TITLES[obstacle], {}, { status: 409 });
}
