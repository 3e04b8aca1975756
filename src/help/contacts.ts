import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeskCases } from '../cases/desk-cases.js';
import type { CaseKind } from '../cases/desk-case.entity.js';
import { databaseNow } from '../database/clock.js';
import { inTransaction } from '../database/transaction.js';
import { HOUR_SECONDS } from '../durations.js';
import { Account } from '../identity/account.entity.js';
import { Limits, type Exhausted, type Limit } from '../limits/limits.js';
import { Mails, type AskedQuestion, type Question } from '../mail/mails.js';
import { ownPath } from '../web/own-path.js';
import type { Visit } from '../web/visit.js';
import type { ContactForm, OwnContactForm } from './contact.form.js';
import { KeptQuestions } from './kept-questions.js';

type Asked = Omit<Question, 'number'>;

type KeptForCase = Omit<AskedQuestion, 'number'>;

type Sender = Pick<Question, 'corporationName' | 'name' | 'email' | 'loginId'>;

type SentQuestion =
  | { ok: true; question: Pick<Question, 'number' | 'email' | 'message'> }
  | ({ ok: false } & Exhausted);

/** So many of all strangers reach the desk as a mail of their own. */
const ONE_BY_ONE: Limit = { key: 'contact:strangers', maximum: 30, seconds: HOUR_SECONDS };

/** Pages that somebody who cannot get in is on. */
const DOORS =
  /^\/(?:login|password-reset|lost-factor|initiate|meisai|admin-enrollment|activation|invitation)(?:[/?]|$)/;

/** Questions to the desk: each is a case of its own, and a mail. */
@Injectable()
export class Contacts {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: Mails,
    private readonly kept: KeptQuestions,
    private readonly cases: DeskCases,
  ) {}

  /** @returns refused when the own network or account wrote too much; what others write shuts nobody out */
  async send(form: OwnContactForm | ContactForm, visit: Visit): Promise<SentQuestion> {
    const own = visit.person && `contact:account:${visit.person.accountId}`;
    const taken = await this.limits.takeUnlessFault(
      { key: `contact:client:${visit.client}`, maximum: 5, seconds: HOUR_SECONDS },
      { key: `contact:site:${visit.site}`, maximum: 20, seconds: HOUR_SECONDS },
      ...(own ? [{ key: own, maximum: 5, seconds: HOUR_SECONDS }] : []),
    );
    if (!taken.ok) return taken;
    const isOnItsOwn = visit.person || (await this.limits.takeUnlessFault(ONE_BY_ONE)).ok;
    return inTransaction(this.em, async () => {
      const asked = await this.#questionOf(form, visit);
      const question = { ...asked, number: await this.#open(asked, visit) };
      if (isOnItsOwn) await this.mails.contactForDesk(question);
      else await this.kept.keep(question, visit.site);
      return { ok: true, question };
    });
  }

  #open(asked: Asked, { person, language }: Visit): Promise<string> {
    const { corporationId, accountId } = person ?? {};
    const question: KeptForCase = { ...asked, language };
    const asker = accountId ? undefined : asked;
    const kind = kindOf(asked.path);
    return this.cases.open({ kind, corporationId, accountId, question, asker });
  }

  async #questionOf(form: OwnContactForm | ContactForm, visit: Visit): Promise<Asked> {
    return {
      ...(await this.#senderOf(form, visit)),
      time: await databaseNow(this.em),
      requestNumber: form.requestNumber,
      path: ownPath(form.from),
      address: visit.address,
      message: form.message.split('\n'),
    };
  }

  async #senderOf(form: OwnContactForm | ContactForm, { person }: Visit): Promise<Sender> {
    if (!person) {
      const { corporationName, name, email } = form as ContactForm;
      return { corporationName, name, email, loginId: null };
    }
    const { email, loginId } = await this.em.findOneOrFail(Account, person.accountId);
    return { corporationName: person.corporationName, name: person.name, email: email!, loginId };
  }
}

/** By the page that the question is about. */
function kindOf(path: string): CaseKind {
  if (path.startsWith('/ip-restriction/access')) return 'ip-restriction';
  return DOORS.test(path) ? 'lock-out' : 'question';
}
