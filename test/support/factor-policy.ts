import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { companyExists, type Company } from './members.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';
import { gives, setsUpFactor, type Equipped } from './second-factor.js';

export const POLICIES = {
  nobody: 'どなたにも求めない',
  administrators: '管理者に求める',
  everybody: '全員に求める',
};

export type Policy = keyof typeof POLICIES;

/** A company whose 佐藤 has a factor and is in front of the page of the policy, signed in by it. */
interface Governed extends Company {
  person: Visitor;
  equipped: Equipped;
}

export async function governedCompany(running: RunningApp): Promise<Governed> {
  const company = await companyExists(running);
  const person = running.visitor();
  await signsIn(person, company.sato);
  const equipped = await setsUpFactor(running, person);
  await running.mailbox.mailTo(company.sato.email);
  await person.opens('/security');
  return { ...company, person, equipped };
}

/** Up to the page that says whom it concerns. */
export async function choosesPolicy(person: Visitor, policy: Policy): Promise<void> {
  await person.opens('/security');
  person.checks(POLICIES[policy]);
  await person.presses('変更の確認へ進む');
}

export async function switchesTo(person: Visitor, policy: Policy): Promise<void> {
  await choosesPolicy(person, policy);
  await person.presses('この内容に変更する');
}

/** A company with a policy since now, its people and the administrator who switched it on. */
export async function companyThatAsks(running: RunningApp, policy: Policy): Promise<Governed> {
  const governed = await governedCompany(running);
  if (policy !== 'nobody') await switchesTo(governed.person, policy);
  return governed;
}

/** What a company asks since 15 days, so that those who were there have no days left. */
export async function asksSince15Days(
  { pool }: RunningApp,
  policy: Policy,
  { id }: Corporation,
): Promise<void> {
  await pool.query(
    `update accounts set activated_at = activated_at - interval '30 days',
       administrator_since = administrator_since - interval '30 days' where corporation_id = $1`,
    [id],
  );
  await pool.query(
    `update corporations set
       administrators_asked_since = case when $2 <> 'nobody' then genkan_now() - interval '15 days' end,
       everybody_asked_since = case when $2 = 'everybody' then genkan_now() - interval '15 days' end
     where id = $1`,
    [id, policy],
  );
}

/** Somebody with a factor signs in, in a new browser. */
export async function signsInWithFactor(
  running: RunningApp,
  member: Member,
  { app }: Equipped,
): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, member);
  await gives(person, await app.nextCode());
  return person;
}

/** Nothing else is open to this person. */
export async function isLedToSetUp(person: Visitor): Promise<boolean> {
  const { status, headers } = await person.sends('GET', '/me/profile');
  if (status === 200) return false;
  expect([status, headers.location]).toEqual([303, '/me/second-factor']);
  return true;
}
