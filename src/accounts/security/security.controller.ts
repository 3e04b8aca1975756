import { Controller, Get } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { FACTOR_POLICIES, isMilder, type FactorPolicy } from '../../corporations/factor-policy.js';
import { AdministratorsOnly } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { say, type Sentence } from '../../web/sentence.js';
import { FactorPolicies, type PolicyInForce } from './factor-policies.js';
import { POLICY_WORDS } from './policy-words.js';
import { UnreadyPeople, type Readiness } from './unready-people.js';

/** セキュリティ設定: of whom the company asks a second factor, and who is ready for it. */
@Controller('security')
@AdministratorsOnly()
export class SecurityController {
  constructor(
    private readonly policies: FactorPolicies,
    private readonly unready: UnreadyPeople,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const inForce = await this.policies.inForce(person);
    const { policy, minimum } = inForce;
    const counts = await this.unready.count(person);
    return page('accounts/security/security', say('セキュリティ設定'), {
      policy: POLICY_WORDS[policy],
      minimum: minimum === 'nobody' ? null : POLICY_WORDS[minimum],
      isAsked: policy !== 'nobody',
      hasFactor: person.hasFactor,
      choices: choicesOf(inForce),
      wider: widerThan(inForce, counts),
      counts,
      unready: await this.unready.of(person, policy),
      lost: await this.unready.lost(person),
    });
  }
}

/** Those below the operator's minimum are not open. */
function choicesOf({ policy, minimum }: PolicyInForce) {
  return FACTOR_POLICIES.map((value) => ({
    value,
    text: POLICY_WORDS[value],
    isChosen: value === policy,
    isClosed: isMilder(value, minimum),
  }));
}

/** What would ask more people than now does, and whom. */
function widerThan({ policy }: PolicyInForce, counts: Readiness) {
  return FACTOR_POLICIES.filter((value) => isMilder(policy, value)).map((value) => ({
    text: POLICY_WORDS[value],
    whom: whomOf(value, counts),
  }));
}

function whomOf(policy: FactorPolicy, counts: Readiness): Sentence {
  const { administrators, readyAdministrators, people, ready } = counts;
  return policy === 'administrators'
    ? say('管理者{count}名が対象です。うち{missing}名は未設定です。', {
        count: administrators,
        missing: administrators - readyAdministrators,
      })
    : say('管理者を含む利用者{count}名が対象です。うち{missing}名は未設定です。', {
        count: people,
        missing: people - ready,
      });
}
