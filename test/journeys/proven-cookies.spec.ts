import { ownerOfCookies, type CookieOwner } from '../../src/web/proven-cookies.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { deskPersonExists, signsInAtDesk } from '../support/desk.js';
import { invitationTo, invited, invites, office } from '../support/invitation.js';
import type { Member } from '../support/people.js';
import { newLink } from '../support/recovery.js';
import { applicant, registers, signsIn } from '../support/registration.js';

let running: RunningApp;
let sato: Member;
let owner: CookieOwner;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation,
    loginId: 'sato',
    name: '佐藤 花子',
  });
  owner = { site: corporation.id, client: sato.id };
});
afterAll(() => running.stop());

/** Whose the requests of this browser are, before anything is looked up. */
const ownerOf = ({ jar }: Visitor) =>
  ownerOfCookies([...jar.cookies.values()].map(({ value }) => value));
const cookieOf = ({ jar }: Visitor, name: string) => jar.cookies.get(name)!.value;

it('are those of a session and of a known browser, from the sign-in on', async () => {
  const person = running.visitor();
  await signsIn(person, sato);
  expect(ownerOfCookies([cookieOf(person, 'session')])).toEqual(owner);
  expect(ownerOfCookies([cookieOf(person, 'device')])).toEqual(owner);
});

it('are those of a live mailed link, in the turns of its company', async () => {
  const person = running.visitor();
  await person.opens(await newLink(running, sato.email));
  expect(ownerOf(person)).toEqual({ site: `links of ${owner.site}`, client: expect.any(String) });
});

it('are those of its company where somebody may have many links, whichever it is', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '2345678',
    name: '株式会社もみじ',
  });
  for (const loginId of ['mori', 'hayashi']) {
    const person = running.visitor();
    const entered = applicant(loginId);
    await registers(person, corporation, entered);
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)));
    await person.opens('/activation');
    expect(ownerOf(person)).toMatchObject({ site: `links of ${corporation.id}` });
  }
  const { corporation: ofSato, person: inviting } = await office(running);
  await invites(inviting, invited('kobayashi@example.jp'));
  const person = running.visitor();
  await person.opens(await invitationTo(running, 'kobayashi@example.jp'));
  expect(ownerOf(person)).toMatchObject({ site: `links of ${ofSato.id}` });
});

it('are those of a session of the desk', async () => {
  const person = running.visitor();
  const known = await deskPersonExists(running, { loginId: 'clerk', name: '大西 一郎' });
  await signsInAtDesk(person, known);
  await person.opens('/desk');
  expect(ownerOfCookies([cookieOf(person, 'desk-session')])).toMatchObject({ site: 'desk' });
});

it('are none that somebody invented', async () => {
  const person = running.visitor();
  await signsIn(person, sato);
  const invented = `${cookieOf(person, 'session').slice(0, -4)}AAAA`;
  const headers = { cookie: `session=${invented}; device=${invented}; recovery=${invented}` };
  for (const path of ['/', '/login', '/password-reset/numbers'])
    await running.visitor().sends('GET', path, { headers });
  expect(ownerOfCookies([invented])).toBeUndefined();
});
