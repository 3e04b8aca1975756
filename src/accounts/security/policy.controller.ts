import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { FACTOR_POLICIES, isMilder, type FactorPolicy } from '../../corporations/factor-policy.js';
import { after } from '../../database/clock.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate } from '../../web/texts.js';
import { FactorPolicies } from './factor-policies.js';
import { POLICY_WORDS } from './policy-words.js';
import { UnreadyPeople } from './unready-people.js';

const PATH = '/security';
/** As second-factor-duties.sql has it. */
const GRACE = { days: 14 };

const CHANGED = notice.success(say('2段階認証の設定を「{policy}」に変更しました。{told}'));
const OTHERS_TOLD = say('ほかの管理者の方に、メールでお知らせします。');
const UNREADY_ASKED = say('まだ設定していない方には、期限をメールでお知らせします。');

const NOT_CHANGED = {
  'second-factor-missing': notice.warning(
    say('先にご自分の2段階認証を設定してください。設定を変更できるのは、設定済みの方だけです。'),
  ),
  'second-factor-minimum': notice.warning(
    say('サービス全体の決まりより緩くはできないため、変更していません。'),
  ),
  'changed-meanwhile': notice.warning(
    say('ページを開いたあとに設定が変わったため、変更していません。今の内容をご確認ください。'),
  ),
  'nothing-changed': notice.info(say('選んだ内容は、現在の設定と同じです。')),
};

/** 2段階認証の設定の変更: shows whom it concerns and from which day on, before it is done. */
@Controller('security/policy')
@AdministratorsOnly()
export class PolicyController {
  constructor(
    private readonly policies: FactorPolicies,
    private readonly unready: UnreadyPeople,
  ) {}

  @Get()
  async show(@Query('policy') chosen: unknown, @Me() person: SignedIn): Promise<Answer> {
    const wanted = policyIn(chosen);
    if (!wanted) return seeOther(PATH);
    if (!person.hasFactor) return seeOther(PATH, NOT_CHANGED['second-factor-missing']);
    const { policy, minimum } = await this.policies.inForce(person);
    if (wanted === policy) return seeOther(PATH, NOT_CHANGED['nothing-changed']);
    if (isMilder(wanted, minimum)) return seeOther(PATH, NOT_CHANGED['second-factor-minimum']);
    return page('accounts/security/policy', say('2段階認証の設定の変更'), {
      wanted,
      before: policy,
      words: POLICY_WORDS[wanted],
      wordsBefore: POLICY_WORDS[policy],
      isLowered: isMilder(wanted, policy),
      isOff: wanted === 'nobody',
      dueAt: after(person.now, GRACE),
      unready: await this.unready.of(person, wanted),
      tellsOthers: (await this.unready.count(person)).administrators > 1,
    });
  }

  @Post()
  @FreshPassword()
  async change(@Body() { policy, before = '' }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const wanted = policyIn(policy);
    if (!wanted) return seeOther(PATH);
    const changed = await this.policies.change(person, wanted, before);
    if (!changed.ok) return seeOther(PATH, NOT_CHANGED[changed.reason]);
    const asks = wanted !== 'nobody' && !isMilder(wanted, before as FactorPolicy);
    const told = [changed.told > 0 && OTHERS_TOLD, asks && UNREADY_ASKED].filter((one) => !!one);
    const inWords = (one: Sentence) => translate(one, person.visit.language);
    const values = { policy: inWords(POLICY_WORDS[wanted]), told: told.map(inWords).join('') };
    return seeOther(PATH, about(CHANGED, values));
  }
}

function policyIn(value: unknown): FactorPolicy | undefined {
  return FACTOR_POLICIES.find((policy) => policy === value);
}
