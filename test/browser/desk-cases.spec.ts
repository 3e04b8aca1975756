import { deskPersonExists, signsInAtDesk, type DeskPerson } from '../support/desk.js';
import { decides, deskCases, strangerAsks } from '../support/desk-case.js';
import { smallCompany } from '../support/lost-factor.js';
import { reviewedByDesk } from '../support/proof.js';
import { applicant, signsIn } from '../support/registration.js';
import {
  isReviewed,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
} from '../support/succession.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();
const LONG = 'お世話になっております、'.repeat(12);

let nakai: DeskPerson;
let succession: string;
let question: string;
let account: string;
let stranger: string;
let untold: string;
let review: string;
let contested: string;
beforeAll(async () => {
  const { genkan } = stage;
  nakai = await deskPersonExists(genkan, { loginId: 'nakai', name: '中井' });
  const left = await leftBehind(genkan, 1);
  await takesOverAndSignsIn(genkan, left);
  const link = await objectionLink(genkan, left.sato);
  await objects(genkan.visitor(), link, `${LONG}\nこの方は社員ではありません`);
  succession = (await deskCases(genkan, left.corporation))[0]!.number;
  await genkan.mailbox.everythingIsSent();
  const beside = applicant('beside-1', { name: '林 次郎' });
  contested = await isReviewed(genkan, genkan.visitor(), left.corporation, beside);
  const told = genkan.mailbox.unread(left.sato.email).find(({ text }) => text.includes('林'))!;
  await objects(genkan.visitor(), genkan.mailbox.linkIn(told), `${LONG}\n林という者はおりません`);
  const sato = genkan.visitor();
  await signsIn(sato, left.sato);
  await sato.opens('/contact');
  await sato.submits({ message: LONG });
  question = sato.page.facts.受付番号!;
  account = (await smallCompany(genkan)).sato.id;
  const clerk = genkan.visitor();
  await signsInAtDesk(clerk, nakai);
  const note = { act: 'note', note: `${LONG}\nお電話は午後に` };
  for (const fields of [{ act: 'take', note: '' }, note])
    await clerk.sends('POST', `/desk/cases/${succession}`, { fields });
  await clerk.sends('POST', `/desk/cases/${succession}/answer`, {
    fields: { to: 'newcomer', answer: '引き継ぎの経緯をお知らせください', after: 'waiting' },
  });
  await decides(clerk, succession, '登録を承認する', 'ご請求先にお電話で確認しました');
  stranger = await strangerAsks(genkan, {
    name: '山本 花',
    email: 'yamamoto@else.example',
    corporationName: '株式会社ながいなまえホールディングスジャパン',
    message: LONG,
  });
  genkan.mailbox.refuses('yamamoto@else.example', 550, '5.1.1 User unknown');
  await clerk.sends('POST', `/desk/cases/${stranger}/answer`, {
    fields: { to: 'asker', answer: '再発行いたします', after: 'waiting' },
  });
  const unheard = await leftBehind(genkan);
  genkan.mailbox.refuses(unheard.sato.email, 550, '5.1.1 User unknown');
  await takesOver(genkan, unheard);
  await genkan.mailbox.everythingIsSent();
  untold = (await deskCases(genkan, unheard.corporation))[0]!.number;
  review = (await reviewedByDesk(genkan, 'review-1', false)).number;
  await genkan.pool.query(
    `update desk_cases set due_at = genkan_now() - interval '1 hour' where case_number = $1`,
    [succession],
  );
});

async function atDesk(way: Way): Promise<void> {
  await way.opens('/desk/login');
  await way.submits({ loginId: nakai.loginId, password: nakai.password });
  await way.submits({ code: await nakai.app.nextCode() });
}

/** Each page by its path, and words by which it is known. */
const PAGES: Record<string, [path: () => string, words: string]> = {
  'the TOP page': [() => '/desk', '本日期限'],
  'the list': [() => '/desk/cases', '期限超過'],
  'the list, in vain,': [() => '/desk/cases?kind=lost-factor', '条件に合う事案はありません'],
  'the list of lost answers': [() => '/desk/cases?answer=lost', '回答が届いていません'],
  'a succession': [() => `/desk/cases/${succession}`, 'この方は社員ではありません'],
  'a stranger’s question': [() => `/desk/cases/${stranger}`, '確認されていません'],
  'an untold case': [() => `/desk/cases/${untold}`, '次のように進めてください'],
  'a review': [() => `/desk/cases/${review}`, '法人番号は一致'],
  'a review with an objection': [() => `/desk/cases/${contested}`, '異議が申し立てられています'],
  'its decision': [() => `/desk/cases/${contested}/decisions/grant`, '林という者はおりません'],
  'questions to close': [
    () => `/desk/cases/closing?case=${stranger}&case=${question}`,
    '完了にするお問い合わせ（2件）',
  ],
  'the search for who asked': [() => '/desk/search?q=山本', '未確認'],
  'a question': [() => `/desk/cases/${question}`, 'お客様のお問い合わせ'],
  'a decision': [() => `/desk/cases/${succession}/decisions/uphold`, '2人の判断が必要です'],
  'the naming of a person': [() => `/desk/cases/${succession}/decisions/give`, 'フリガナ'],
  'an answer to a question': [() => `/desk/cases/${stranger}/answer`, 'お客様のお問い合わせ'],
  'an answer': [() => `/desk/cases/${succession}/answer?template=details`, '回答の宛先'],
  'a new case': [() => `/desk/cases/new?account=${account}`, 'まだ何も変わりません'],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.entries(PAGES))('%s is fine', async (_name, [path, words]) => {
    const way = await stage.newWay(language);
    await atDesk(way);
    expect(await way.shows(path())).toBe(200);
    if (language === 'ja') expect(await way.page.textContent('main')).toContain(words);
    expect(await findings(way.page, language)).toEqual([]);
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});

it('works without JavaScript', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  for (const [path] of Object.values(PAGES)) {
    await way.shows(path());
    expect([path(), await findingsWithoutJavaScript(way.page)]).toEqual([path(), []]);
  }
});

it('leads a keyboard from the TOP page to an answer that is sent', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  await way.shows('/desk');
  const hands = new Keyboard(way.page);
  await hands.follows('新規');
  await way.page.waitForURL(/\/desk\/cases\?/);
  await hands.follows(question);
  await way.page.waitForURL(/\/desk\/cases\/[2-9A-Z]/);
  await hands.presses('自分が担当する');
  await way.page.locator('main').getByText('の担当になりました').waitFor();
  await hands.follows('お客様に回答する');
  await way.page.waitForURL(/\/answer/);
  await hands.fills('回答 ※必須', 'ご連絡ありがとうございます。');
  await hands.presses('回答を送る');
  await way.page.getByText('回答をメールでお送りしました').waitFor();
});
