import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CASE_OBSTACLES, CaseRules, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import type { Account } from '../../identity/account.entity.js';
import { MailAdvices } from '../../mail/mail-advice.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { EmailChanges } from '../email-changes/email-changes.js';
import { Members } from '../members/members.js';
import { ChangeForm } from './change.form.js';
import {
  MemberChanges,
  type Details,
  type MemberChangeRefusal,
  type Wanted,
} from './member-changes.js';
import { PeopleInCases } from './people-in-cases.js';
import { conflictPage, fieldsInWords, memberPage, ownDemotionPage } from './member-pages.js';

const MEMBER_CHANGED = notice.success(say('{name} 様の{fields}を変更しました。'));
const NOTHING_CHANGED = notice.info(say('{name} 様の登録内容に変更はありません。'));
const MEMBER_DELETED = notice.warning(say('この利用者は削除されているため、変更できません。'));
const MEMBER_SESSIONS_ENDED = notice.success(
  say('{name} 様をすべての端末からログアウトさせました。ご本人にメールでお知らせしています。'),
);
const MEMBER_NOT_SIGNED_IN = notice.info(
  say('{name} 様がログインしている端末はありませんでした。'),
);

const MEMBER_IN_CASE = notice.warning(CASE_OBSTACLES['case-at-desk']);

const INCOMPLETE = say(
  '送信された内容が途中で欠けていたため、まだ保存していません。内容をご確認のうえ、もう一度保存してください。',
);

const REFUSALS = {
  ...CASE_OBSTACLES,
  'last-administrator': say(
    'ご利用中の管理者がほかにいないため、担当者に変更できません。先に、別の方を管理者にしてください。',
  ),
};

@Controller('accounts/:id')
@AdministratorsOnly()
@FactorForPeople()
export class MemberController {
  constructor(
    private readonly members: Members,
    private readonly changes: MemberChanges,
    private readonly emailChanges: EmailChanges,
    private readonly rules: CaseRules,
    private readonly duties: FactorDuties,
    private readonly mailAdvices: MailAdvices,
    private readonly inCases: PeopleInCases,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    const { name, nameKana, department, phone, role, version } = member;
    const form = new FormReading({
      name,
      nameKana,
      department,
      phone,
      role,
      version: String(version),
    });
    return this.#page(member, form, person);
  }

  /** `act`: `end-sessions`, or the changed details. */
  @Post()
  async act(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    if (member.state === 'deleted') return seeOther(pathOf(member), MEMBER_DELETED);
    if (body.act === 'end-sessions') return this.#endSessions(member, person);
    return this.#change(member, body, person);
  }

  async #change(member: Account, body: FormBody, person: SignedIn): Promise<Answer> {
    const read = readForm(ChangeForm, body);
    if (!read.ok) return this.#page(member, read.reading, person);
    const { form } = read;
    const confirmed = body.confirmed === 'yes';
    const wanted = { ...form, version: Number(form.version), confirmed } as Wanted;
    const changed = await this.changes.change(person, member.id, wanted);
    if (!changed.ok) return this.#refused(changed.reason, changed.current, form, person);
    // The page that this is the answer of is closed to people who gave up their rights.
    const leaves = member.id === person.accountId && form.role === 'staff';
    return seeOther(leaves ? '/' : pathOf(member), changedNotice(form, changed.changed, person));
  }

  async #refused(
    reason: MemberChangeRefusal,
    current: Account,
    form: ChangeForm,
    person: SignedIn,
  ): Promise<Answer> {
    switch (reason) {
      case 'unconfirmed':
        return ownDemotionPage(current, form);
      case 'changed-meanwhile':
        if (current.changedAt) return conflictPage(current, form, person);
        return this.#page(current, asOf(current, form), person);
      default: {
        if ((await this.inCases.of(person, current))?.isClosed)
          return this.#page(current, asOf(current, form), person);
        const name = current.role === form.role ? 'name' : 'role';
        const refused = new FormReading(form, { name, sentence: REFUSALS[reason] });
        const isInCase = isCaseObstacle(reason);
        return this.#page(current, refused, person, { isInCase });
      }
    }
  }

  async #endSessions(member: Account, person: SignedIn): Promise<Answer> {
    if (member.id === person.accountId) return seeOther('/me/sessions');
    const ended = await this.changes.endSignIns(member.id, person);
    if (!ended.ok) return seeOther(pathOf(member), MEMBER_IN_CASE);
    const told = ended.wasOpen ? MEMBER_SESSIONS_ENDED : MEMBER_NOT_SIGNED_IN;
    return seeOther(pathOf(member), about(told, { name: member.name }));
  }

  async #page(member: Account, form: FormReading, person: SignedIn, options = {}): Promise<Answer> {
    const pending = await this.emailChanges.pending(member.id);
    const isStaff = member.role === 'staff';
    const grantsRest = isStaff && (await this.rules.areGrantsResting(person.corporationId));
    const factorDueAt = (await this.duties.dueAt(member.id)) ?? null;
    const mail = await this.mailAdvices.of(member.email);
    const inCase = await this.inCases.of(person, member);
    const pendingEmail = pending?.email ?? null;
    const beside = { pendingEmail, grantsRest, mail, factorDueAt, inCase };
    return memberPage(member, beside, form, person, options);
  }
}

function changedNotice(
  { name }: ChangeForm,
  changed: readonly (keyof Details)[],
  { visit }: SignedIn,
): Notice {
  if (changed.length === 0) return about(NOTHING_CHANGED, { name });
  return about(MEMBER_CHANGED, { name, fields: fieldsInWords(changed, visit.language) });
}

/** Nobody changed the person: the request came without the version of the page. */
function asOf({ version }: Account, form: ChangeForm): FormReading {
  const entered = { ...form, version: String(version) };
  return new FormReading(entered, { name: 'name', sentence: INCOMPLETE });
}

function pathOf({ id }: Account): string {
  return `/accounts/${id}`;
}
