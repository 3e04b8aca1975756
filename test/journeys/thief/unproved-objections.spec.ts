import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { signedIn } from '../../support/members.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { applies, leftBehind, objectionLink, objects } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function statesOf({ id }: { id: string }): Promise<string[]> {
  const { rows } = await running.pool.query<{ state: string }>(
    'select state from enrollments where corporation_id = $1 order by created_at',
    [id],
  );
  return rows.map(({ state }) => state);
}

async function linkTo(email: string): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(email));
}

/** Who applies without reading the mailbox, and presses the objection link. */
async function newCompany(number: string) {
  const billing = `keiri@${number}.example`;
  const corporation = await running.people.corporationExists({
    corporateNumber: number,
    name: `ひのき${number}株式会社`,
    billingEmail: billing,
  });
  return { corporation, billing };
}

describe('an objection to an application whose mailbox nobody proved', () => {
  it('closes nothing at a company without administrators', async () => {
    const { corporation, billing } = await newCompany('9100001');
    await registers(running.visitor(), corporation, applicant('unread-1'));
    const contact = running.visitor();
    await objects(contact, await linkTo(billing), '存じません。');
    expect(contact.page.text).toContain('まだどなたもログインできません');
    expect(contact.page.text).not.toContain('ただちにログインできなくなりました');
    expect((await running.mailbox.mailTo(billing)).text).toContain(
      'まだどなたもログインできません',
    );
    await running.mailbox.nothingFor(running.config.deskMail);
    expect(await statesOf(corporation)).toEqual(['awaiting-activation']);
    const honest = applicant('honest-1');
    const person = running.visitor();
    await registers(person, corporation, honest);
    await activates(person, await linkTo(honest.email));
    await signsIn(person, honest);
    expect(person.page.h1).toBe('TOPページ');
  });

  it('protects nobody and hides no role at a company with administrators', async () => {
    const left = await leftBehind(running, 1);
    await applies(running.visitor(), left.corporation, left.suzuki);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const sato = await signedIn(running, left.sato);
    await sato.opens('/accounts/new');
    expect(sato.page.html).toContain('value="administrator"');
    const { rows } = await running.pool.query<{ id: string }>(
      `select id from accounts where corporation_id = $1 and login_id like 'kato%'`,
      [left.corporation.id],
    );
    const fields = { accountId: rows[0]!.id };
    expect((await sato.sends('POST', '/accounts/deletion', { fields })).status).toBe(303);
    const second = applicant(`second-${left.sato.loginId}`);
    const person = running.visitor();
    await applies(person, left.corporation, second);
    await activates(person, await linkTo(second.email));
    expect(person.page.path).toBe('/login?next=%2Faccounts');
  });

  it.each(['succession', 'initial'])('stops a %s in the moment of the proof', async (kind) => {
    const isInitial = kind === 'initial';
    const { corporation, billing } = await newCompany(isInitial ? '9100002' : '9100003');
    if (!isInitial)
      await running.people.administratorExists({ corporation, loginId: 'ito', name: '伊藤 花' });
    const late = applicant(`late-${kind}`, { name: '山田 悪子' });
    await (isInitial ? registers : applies)(running.visitor(), corporation, late);
    const contact = running.visitor();
    await objects(contact, await linkTo(billing), '一つ目');
    contact.fills('担当窓口へのご説明', '二つ目');
    await contact.presses('担当窓口へ送る');
    expect(contact.page.notice).toContain('お預かりしました');
    const person = running.visitor();
    const link = await linkTo(late.email);
    await person.opens(link);
    expect(person.page.text).toContain('担当窓口の確認が終わるまでログインできません。');
    expect(person.page.text).not.toContain('押すと、ログインできるようになります');
    await activates(person, link);
    expect(person.page.notice).toContain('担当窓口の確認が終わるまで');
    await signsIn(person, late);
    expect(person.page.h1).toMatch(/お手続きの状況$/);
    expect(await statesOf(corporation)).toEqual(['objected']);
    const desk = await running.mailbox.mailTo(running.config.deskMail);
    expect(desk.text).toContain('> 一つ目\n> \n> 二つ目\n');
    expect(desk.text).toContain('登録された方のご利用を停止しています');
  });

  it('says that it is over when another one was activated', async () => {
    const { corporation, billing } = await newCompany('9100004');
    const loser = running.visitor();
    await registers(loser, corporation, applicant('loser'));
    const link = await linkTo(billing);
    const winner = applicant('winner');
    await registers(running.visitor(), corporation, winner);
    const first = running.visitor();
    const waiting = await linkTo(winner.email);
    await activates(first, waiting);
    await loser.reloads();
    expect(loser.page.text).toContain('別の方が先に管理者として登録されたため');
    expect(loser.page.text).not.toContain('メールを再送する');
    const contact = running.visitor();
    await contact.opens(link);
    expect([contact.page.status, contact.page.h1]).toEqual([410, 'この登録は終わっています']);
    expect((await contact.sends('POST', link, { fields: {} })).status).toBe(410);
    expect(await statesOf(corporation)).toEqual(['expired', 'running']);
    const list = await new Operator(running).types('enrollment', 'list');
    expect(list.out).not.toMatch(/9100004 .* [1-9] objected/);
  });
});
