import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Addressee } from '../../mail/mails.js';
import type { Language } from '../../web/texts.js';
import type { Person, Visit } from '../../web/visit.js';
import type { ProfileForm } from './profile.form.js';

/** Everything about an account that its person may know. */
export interface OwnDetails extends Addressee {
  accountId: string;
  corporationId: string;
  loginId: string;
  nameKana: string;
  department: string;
  phone: string;
}

/** The account of whoever is signed in. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  async details({ accountId, corporationId }: Person): Promise<OwnDetails> {
    const found = await sqlOne<OwnDetails>(
      this.em,
      `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
              a.name, a.name_kana as "nameKana", a.department, a.phone, a.email, a.language,
              a.login_id as "loginId"
       from accounts a join corporations c on c.id = a.corporation_id
       where a.id = $1 and a.corporation_id = $2`,
      [accountId, corporationId],
    );
    return found!;
  }

  async changeProfile(person: Person, profile: ProfileForm, visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      const { accountId } = person;
      await sql(this.em, 'select from accounts where id = $1 for no key update', [accountId]);
      const { name, nameKana, department, phone } = profile;
      await sql(
        this.em,
        `update accounts set name = $2, name_kana = $3, department = $4, phone = $5
         where id = $1`,
        [accountId, name, nameKana, department, phone],
      );
      await this.#log('profile-change', person, visit);
    });
  }

  /** The language of mails, and of the pages in this browser. */
  async changeLanguage(person: Person, language: Language, visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      const { accountId } = person;
      await sql(this.em, 'update accounts set language = $2 where id = $1', [accountId, language]);
      await this.#log('language-change', person, visit);
    });
  }

  async #log(
    act: 'profile-change' | 'language-change',
    { accountId, corporationId }: Person,
    visit: Visit,
  ): Promise<void> {
    await this.audit.record({ act, reason: 'done', accountId, corporationId, visit });
  }
}
