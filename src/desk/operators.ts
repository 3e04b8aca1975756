import { randomInt } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Passwords } from '../auth/passwords/passwords.js';
import { inTransaction } from '../database/transaction.js';
import { loginIdKey, withLowerCaseDomain } from '../identity/login-id.js';
import { isSameOperator } from '../identity/operator-name.js';
import { Operator } from './operator.entity.js';

/** Without characters that are mistaken for each other: it is read from a terminal once. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const PASSWORD_LENGTH = 20;

export type OperatorCreated =
  { ok: true; password: string } | { ok: false; reason: 'login-id-taken' };

@Injectable()
export class Operators {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
  ) {}

  /** The name of the desk, as it was created; any name as long as nobody was. Undefined for others. */
  async nameOf(typed: string): Promise<string | undefined> {
    const operators = await this.em.find(Operator, {});
    if (operators.length === 0) return typed;
    return operators.find(({ name }) => isSameOperator(name, typed))?.name;
  }

  /** @returns the first password, which is stored nowhere but as a hash */
  async create(
    { loginId, name, email }: Pick<Operator, 'loginId' | 'name' | 'email'>,
    by: string,
  ): Promise<OperatorCreated> {
    const password = newPassword();
    const passwordHash = await this.passwords.hash(password);
    return inTransaction<OperatorCreated>(this.em, async () => {
      const named = { loginId, loginIdKey: loginIdKey(loginId) };
      const facts = { loginId, operator: by };
      if ((await this.em.count(Operator, { loginIdKey: named.loginIdKey })) > 0)
        return this.audit.refuse('operator-creation', 'login-id-taken', {}, facts);
      this.em.create(Operator, { ...named, name, email: withLowerCaseDomain(email), passwordHash });
      await this.audit.done('operator-creation', {}, facts);
      return { ok: true, password };
    });
  }
}

function newPassword(): string {
  return Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    '',
  );
}
