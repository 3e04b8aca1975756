import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../../../config.js';
import { policyOf, type FactorPolicy } from '../../../corporations/factor-policy.js';
import { SecondFactorMinimum } from './second-factor-minimum.entity.js';

const ADOPT = `
  update second_factor_minimum set
    administrators_asked_since =
      case when $1 then coalesce(administrators_asked_since, genkan_now()) end,
    everybody_asked_since = case when $2 then coalesce(everybody_asked_since, genkan_now()) end
  where (administrators_asked_since is not null, everybody_asked_since is not null)
    is distinct from ($1::boolean, $2::boolean)`;

/**
 * `SECOND_FACTOR_MINIMUM`. It stands in the database, because the days of grace begin with the first
 * start that has it, and because the same statement decides for companies that ask by themselves.
 */
@Injectable()
export class FactorMinimum {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {}

  /** At the start of a web process; the last one that started decides. */
  async adopt(): Promise<void> {
    const { secondFactorMinimum: wanted } = this.config;
    await this.pool.query(ADOPT, [wanted !== 'nobody', wanted === 'everybody']);
  }

  /** The one that is in force, which a command may have been given otherwise. */
  async policy(): Promise<FactorPolicy> {
    return policyOf(await this.em.findOneOrFail(SecondFactorMinimum, 1, { refresh: true }));
  }
}
