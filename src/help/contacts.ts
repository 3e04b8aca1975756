import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../database/transaction.js';
import { HOUR_SECONDS } from '../durations.js';
import { Account } from '../identity/account.entity.js';
import { Limits, type Taken } from '../limits/limits.js';
import { Mails } from '../mail/mails.js';
import { ownPath } from '../web/own-path.js';
import type { Visit } from '../web/visit.js';
import type { ContactForm, OwnContactForm } from './contact.form.js';

interface Sender {
  corporationName: string;
  name: string;
  email: string;
  /** Absent when nobody proved who that is. */
  loginId: string | null;
}

/** Questions to the desk, as mails to it. */
@Injectable()
export class Contacts {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: Mails,
  ) {}

  /** @returns refused when the network or all strangers together wrote too much */
  async send(form: OwnContactForm | ContactForm, visit: Visit): Promise<Taken> {
    const taken = await this.limits.takeUnlessFault(
      { key: `contact:client:${visit.client}`, maximum: 5, seconds: HOUR_SECONDS },
      { key: `contact:site:${visit.site}`, maximum: 20, seconds: HOUR_SECONDS },
      // Those who signed in are not kept from the desk by a flood of strangers.
      {
        key: visit.person ? `contact:account:${visit.person.accountId}` : 'contact:strangers',
        maximum: visit.person ? 5 : 100,
        seconds: HOUR_SECONDS,
      },
    );
    if (!taken.ok) return taken;
    await inTransaction(this.em, async () => {
      await this.mails.contactForDesk({
        ...(await this.#senderOf(form, visit)),
        number: visit.requestId,
        requestNumber: form.requestNumber,
        path: ownPath(form.from),
        address: visit.address,
        message: form.message.split('\n'),
      });
    });
    return taken;
  }

  async #senderOf(form: OwnContactForm | ContactForm, { person }: Visit): Promise<Sender> {
    if (!person) return { ...(form as ContactForm), loginId: null };
    const { email, loginId } = await this.em.findOneOrFail(Account, person.accountId);
    return { corporationName: person.corporationName, name: person.name, email: email!, loginId };
  }
}
