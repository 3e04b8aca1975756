import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { startApp, type RunningApp } from '../support/app.js';
import { isInvited, setUpLink } from '../support/desk.js';
import { formOn } from '../support/form-post.js';
import { CHOSEN_PASSWORD, invitationTo, invited, invites, office } from '../support/invitation.js';
import {
  beginsRemoval,
  enrolmentLink,
  lossMail,
  newsMail,
  reportsLoss,
  smallCompany,
} from '../support/lost-factor.js';
import { asksForEmail, changesEmail, proofLink, signedIn } from '../support/own-account.js';
import { Page } from '../support/page.js';
import { appliesByMail, strangersGuess } from '../support/proof.js';
import { newLink } from '../support/recovery.js';
import { applicant, registers } from '../support/registration.js';
import { setsUpFactor } from '../support/second-factor.js';
import { leftBehind, objectionLink, takesOver } from '../support/succession.js';
import { workplace } from '../support/two-taps.js';

let running: RunningApp;
let companies = 0;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 3_600_000 });
});
afterAll(() => running.stop());

const OTHER = '別のタブで、あとからほかのURLを開いたため、その内容を表示しています。';

interface Story {
  link: string;
  button: string;
  /** Fields as somebody filled them, of which no secret comes back. */
  typed?: Record<string, string>;
  /** To the page that has the button. */
  on?: string;
}

const linkTo = async (email: string) => running.mailbox.linkIn(await running.mailbox.mailTo(email));

async function company() {
  companies += 1;
  const given = { corporateNumber: `93${companies}`, name: '株式会社かえで' };
  const corporation = await running.people.corporationExists(given);
  return { corporation, name: `replaced-${companies}` };
}

const member = async () => (await workplace(running)).sato;

async function activation() {
  const { corporation, name } = await company();
  await registers(running.visitor(), corporation, applicant(name));
  return linkTo(`${name}@example.jp`);
}

async function application() {
  const { corporation, name } = await company();
  await strangersGuess(running, corporation.corporateNumber);
  return appliesByMail(running, corporation, applicant(name), running.visitor());
}

const passwords = { password: CHOSEN_PASSWORD, passwordConfirmation: CHOSEN_PASSWORD };
const numbers = { corporateNumber: '7654321', transferAccountNumber: '0099999' };

/** By the cookie that the link is parked in. */
const stories: Record<string, () => Promise<Story>> = {
  activation: async () => ({ link: await activation(), button: '登録を完了する' }),
  'activation, denied': async () => ({
    link: await activation(),
    on: '申し込んでいません',
    button: 'このお申し込みを取り消す',
  }),
  application: async () => ({ link: await application(), button: '登録を完了する' }),
  'application, denied': async () => ({
    link: await application(),
    on: '申し込んでいません',
    button: 'このお申し込みを取り消す',
  }),
  objection: async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    return { link, button: '異議を申し立てる', typed: { statement: '身に覚えがありません。' } };
  },
  invitation: async () => {
    const { corporation, person } = await office(running);
    const email = `mori@${corporation.corporateNumber}.example`;
    await invites(person, invited(email));
    const typed = { loginId: 'mori-replaced', ...passwords };
    return { link: await invitationTo(running, email), button: '登録', typed };
  },
  recovery: async () => {
    const { email } = await member();
    return { link: await newLink(running, email), button: '確認', typed: numbers };
  },
  'email-change': async () => {
    const owner = await member();
    await asksForEmail(await signedIn(running, owner), `new-${owner.email}`);
    const link = await proofLink(running, owner.email, `new-${owner.email}`);
    return { link, button: 'メールアドレスを変更する' };
  },
  'email-change-undo': async () => {
    const owner = await member();
    const person = await signedIn(running, owner);
    const link = await changesEmail(running, person, owner.email, `new-${owner.email}`);
    return { link, button: '変更を取り消す' };
  },
  'sign-in-report': async () => {
    const owner = await member();
    await signedIn(running, owner);
    await signedIn(running, owner);
    return { link: await linkTo(owner.email), button: 'すべての端末からログアウトする' };
  },
  'second-factor-report': async () => {
    const owner = await member();
    await setsUpFactor(running, await signedIn(running, owner));
    const button = '2段階認証を解除し、パスワードを使えなくする';
    return { link: await linkTo(owner.email), button };
  },
  'lost-factor': async () => {
    const lost = await smallCompany(running);
    await reportsLoss(running, lost.sato);
    const link = running.mailbox.linkIn(await lossMail(running, lost.sato));
    return { link, button: 'お手続きを始める', typed: numbers };
  },
  'factor-objection': async () => {
    const lost = await smallCompany(running);
    await beginsRemoval(running, lost);
    const mail = await newsMail(running, lost.suzuki.email);
    return { link: running.mailbox.linkIn(mail), button: '異議を申し立てる' };
  },
  'factor-enrolment': async () => {
    const lost = await smallCompany(running);
    await beginsRemoval(running, lost);
    const link = await enrolmentLink(running, lost.sato);
    return { link, button: '設定へ進む', typed: { password: lost.sato.password } };
  },
  'desk-set-up': async () => {
    const { email } = await isInvited(running, { loginId: 'replaced', name: '高木 花子' });
    return { link: await setUpLink(running, email), button: '次へ進む', typed: passwords };
  },
};

describe.each(Object.entries(stories))('a page whose link was replaced: %s', (_, begin) => {
  it('does nothing, says so, and shows again what was typed', async () => {
    const { link, button, on, typed = {} } = await begin();
    const person = running.visitor();
    await person.opens(link);
    if (on) await person.follows(on);
    const { path, h1 } = person.page;
    // As from the page of a link that this one replaced.
    const send = formOn(person, button, { typed: { ...typed, link: randomUUID() } });
    const page = new Page(await send());
    expect([page.status, page.h1]).toEqual([409, h1]);
    expect(page.notice).toContain(OTHER);
    expect(page.notice).toContain('操作はまだ行っていません。');
    for (const [name, value] of Object.entries(typed)) {
      const isSecret = name.startsWith('password');
      expect([name, page.html.includes(value)]).toEqual([name, !isSecret]);
    }
    await person.opens(path);
    expect([person.page.status, person.page.h1]).toEqual([200, h1]);
  });
});

it('all purposes of mailed links are among them', () => {
  const parked = globSync('src/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new ParkedLink\('([\w-]+)'/g)].map(([, name]) => name),
  );
  const covered = Object.keys(stories).map((name) => name.split(',')[0]);
  expect(new Set(covered)).toEqual(new Set(parked));
});
