import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { page, type Page } from '../../web/answers.js';
import { FormReading, type Problem } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import type { KeptFields } from '../../web/visit.js';
import { APP_EXCHANGE } from '../second-factor/app-exchange.js';
import { Passkeys } from '../second-factor/passkeys.js';
import type { SignedIn } from '../sessions/sessions.js';
import { interruptedAct } from './interrupted-acts.js';
import { interruptedWhom } from './interrupted-whom.js';

/** A form that waits in the page that asks, and goes on from there. */
interface InterruptedForm {
  action: string;
  /** It ends in a file. */
  isFile: boolean;
  fields: KeptFields;
}

/** 本人確認, or パスワードの確認 of people without a second factor. */
@Injectable()
export class FreshQuestion {
  constructor(
    private readonly em: EntityManager,
    private readonly passkeys: Passkeys,
  ) {}

  async page(person: SignedIn, interrupted: InterruptedForm, wrong?: Problem): Promise<Page> {
    const { loginId, hasFactor, accountId } = person;
    const canExchange = person.factorGivenFor === APP_EXCHANGE;
    const options = hasFactor
      ? await this.passkeys.questionOptions({ account: accountId }, ceremonyOf(person))
      : null;
    const fields = Object.entries(interrupted.fields).flatMap(([name, values]) =>
      [values].flat().map((value) => ({ name, value })),
    );
    const title = hasFactor ? say('本人確認') : say('パスワードの確認');
    const form = new FormReading({}, ...(wrong ? [wrong] : []));
    const { action, fields: kept } = interrupted;
    const act = interruptedAct(action, String(kept.act ?? ''));
    const whom = act && (await interruptedWhom(this.em, person.corporationId, action, kept));
    const model = {
      ...interrupted,
      form,
      fields,
      loginId,
      hasFactor,
      canExchange,
      title,
      options,
      act,
      whom,
    };
    return page('auth/fresh-password', title, model, { status: wrong ? 422 : 403 });
  }
}

/** A session gives the factor once in answer to it; a password that another tab gives changes nothing. */
export function ceremonyOf({ sessionId, factorConfirmedAt }: SignedIn): string {
  return `confirmation ${sessionId} ${factorConfirmedAt?.getTime() ?? ''}`;
}
