import type { INestApplication } from '@nestjs/common';
import type { Pool } from 'pg';
import { emailKey, loginIdKey } from '../../src/identity/login-id.js';
import { Passwords } from '../../src/auth/passwords/passwords.js';
import { TransferAccountDigest } from '../../src/corporations/transfer-account-digest.js';

export interface Corporation {
  id: string;
  corporateNumber: string;
  name: string;
  transferAccounts: string[];
  /** What is typed of its newest invoice, where that is asked. */
  invoice?: string;
}

export interface Member {
  id: string;
  corporation: Corporation;
  loginId: string;
  name: string;
  email: string;
  password: string;
}

interface NewCorporation {
  corporateNumber: string;
  name: string;
  nameKana?: string;
  transferAccounts?: string[];
  billingEmail?: string;
}

interface NewMember {
  corporation: Corporation;
  loginId: string;
  name: string;
  nameKana?: string;
  department?: string;
  phone?: string;
  email?: string;
  password?: string;
  state?: 'registered' | 'active' | 'suspended' | 'deleted';
}

/** In the fields that most stories do not speak of, so that what forgets one of them shows. */
export const FILLED = { nameKana: 'テスト', department: '第二営業部', phone: '06-1111-2222' };

const hashes = new Map<string, string>();

/** The people who are there before a story begins. The story itself goes through forms and mails. */
export class People {
  constructor(
    private readonly app: () => INestApplication,
    private readonly pool: Pool,
  ) {}

  async corporationExists(given: NewCorporation): Promise<Corporation> {
    const { corporateNumber, name, nameKana = '', transferAccounts = ['0012345'] } = given;
    const { rows } = await this.pool.query<{ id: string }>(
      `insert into corporations (corporate_number, name, name_kana, billing_email)
       values ($1, $2, $3, $4) returning id`,
      [corporateNumber, name, nameKana, given.billingEmail ?? null],
    );
    const { id } = rows[0]!;
    for (const transferAccountNumber of transferAccounts)
      await this.pool.query('insert into transfer_accounts values ($1, $2, $3)', [
        id,
        this.app().get(TransferAccountDigest).of({ corporateNumber, transferAccountNumber }),
        transferAccountNumber.slice(-3),
      ]);
    return { id, corporateNumber, name, transferAccounts };
  }

  administratorExists(given: NewMember): Promise<Member> {
    return this.#memberExists('administrator', given);
  }

  /** Needs an administrator of the same company: the database knows no company without one. */
  staffExists(given: NewMember): Promise<Member> {
    return this.#memberExists('staff', given);
  }

  async #memberExists(role: 'administrator' | 'staff', given: NewMember): Promise<Member> {
    const { corporation, loginId, name, state = 'active' } = given;
    const { nameKana, department, phone } = { ...FILLED, ...given };
    const { email = `${loginId}@example.jp`, password = 'sakura-2026-mochi' } = given;
    const { rows } = await this.pool.query<{ id: string }>(
      `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
         department, phone, email, email_key, password_hash, activated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
         case when $3 <> 'registered' then genkan_now() end) returning id`,
      [
        corporation.id,
        role,
        state,
        loginId,
        loginIdKey(loginId),
        name,
        nameKana,
        department,
        phone,
        email,
        emailKey(email),
        await this.#hashOf(password),
      ],
    );
    return { id: rows[0]!.id, corporation, loginId, name, email, password };
  }

  /** Made once for each password and its parameters: most people of tests have the same one. */
  async #hashOf(password: string): Promise<string> {
    const passwords = this.app().get(Passwords);
    const kept = hashes.get(password);
    if (kept !== undefined && !passwords.isOutdated(kept)) return kept;
    const made = await passwords.hash(password);
    hashes.set(password, made);
    return made;
  }
}
