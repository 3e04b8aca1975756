import { ACCOUNT_STATES } from '../../../identity/account-states.js';
import { isOpenLoginId } from '../../../identity/login-id.js';
import { ROLES } from '../../../identity/role.js';
import { csvMoment } from '../../../web/csv/csv-bytes.js';
import { say } from '../../../web/sentence.js';
import { translate, type Language } from '../../../web/texts.js';
import type { ListedPerson } from './listed-people.js';

const COLUMNS = [
  say('氏名'),
  say('フリガナ'),
  say('部署'),
  say('電話番号'),
  say('メールアドレス'),
  say('ログインID'),
  say('権限'),
  say('状態'),
  say('2段階認証'),
  say('最後のログイン'),
  say('登録日時'),
];

/** The list of people, line by line. */
export async function* memberLines(
  people: AsyncIterable<ListedPerson>,
  language: Language,
): AsyncGenerator<string[]> {
  const told = (sentence: ReturnType<typeof say>) => translate(sentence, language);
  yield COLUMNS.map(told);
  for await (const person of people) {
    const { name, nameKana, department, phone, email, loginId, role, stateNow } = person;
    const shownId = isOpenLoginId(loginId) ? '' : loginId;
    const own = [name, nameKana, department, phone, email, shownId];
    const factor = person.secondFactorSince ? say('設定済み') : say('未設定');
    const words = [told(ROLES[role]), told(ACCOUNT_STATES[stateNow].text), told(factor)];
    const times = [person.lastSignInAt, person.createdAt].map(csvMoment);
    yield [...own, ...words, ...times];
  }
}
