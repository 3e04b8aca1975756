import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { before } from '../../database/clock.js';
import { IS_ANSWERED } from '../sign-ins/sign-in-history.js';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { APP_EXCHANGE } from '../../auth/second-factor/app-exchange.js';
import { FEW_CODES } from '../../auth/second-factor/recovery-codes.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { say, type Sentence } from '../../web/sentence.js';

/** Prepared, because each TOP page of people who have a factor asks it. */
const OWN = {
  name: 'own-factor-news',
  text: `select exists (select from factor_removals
                        where account_id = $1 and outcome = 'cancelled') as "wasCancelled",
                (select count(*)::int from recovery_codes
                 where account_id = $1 and used_at is null) as "codes",
                (select count(*)::int from audit_entries e
                 where e.account_id = $1 and e.act = 'sign-in' and e.reason = 'second-factor-needed'
                   and e.at > $2 and not ${IS_ANSWERED}) as "half"`,
};

interface Own {
  wasCancelled: boolean;
  codes: number;
  half: number;
}

/** What the TOP page tells of second factors: the own one, and removals of lost ones in the company. */
@Injectable()
export class FactorNews {
  constructor(
    private readonly pool: Pool,
    private readonly removals: FactorRemovals,
  ) {}

  async of(person: SignedIn) {
    const { hasFactor, areFactorsRemoved } = person;
    return {
      removals: areFactorsRemoved ? await this.#announced(person) : [],
      stopped: areFactorsRemoved ? await this.#stopped(person) : [],
      ...(hasFactor
        ? await this.#own(person)
        : { fewCodes: null, cancelledAt: undefined, halfSignIns: 0 }),
    };
  }

  async #own({ accountId, now, previousSignInAt, factorGivenFor }: SignedIn) {
    const since = previousSignInAt ?? before(now, { days: 90 });
    const found = await this.pool.query<Own>({ ...OWN, values: [accountId, since] });
    const { wasCancelled, codes, half } = found.rows[0]!;
    const isForAnotherApp = codes === 0 && factorGivenFor === APP_EXCHANGE;
    return {
      /** How many recovery codes are left, where they run out. */
      fewCodes: codes <= FEW_CODES ? { left: codes, isForAnotherApp } : null,
      /** Right passwords without the factor behind them, since the sign-in before this one. */
      halfSignIns: half,
      cancelledAt: wasCancelled ? await this.removals.cancelledAt(accountId, now) : undefined,
    };
  }

  /** Told to everybody who was told of the beginning. */
  async #stopped(person: SignedIn): Promise<Sentence[]> {
    const stopped = await this.removals.stoppedLately(person, person.now);
    return stopped.map(({ account: { id, name }, endedAt }) =>
      id === person.accountId
        ? say(
            '異議の申し立てがあったため、2段階認証の解除の手続きは、{time}（日本時間）に停止しました。2段階認証は、そのまま残っています。担当窓口がお話を伺います。',
            { time: endedAt! },
          )
        : say(
            '{name} 様の2段階認証の解除の手続きは、異議の申し立てがあったため、{time}（日本時間）に停止しました。2段階認証は、そのまま残っています。',
            { name, time: endedAt! },
          ),
    );
  }

  /** Told to everybody: whoever knows better may object, but for one that the desk decided after a stop. */
  async #announced(person: SignedIn): Promise<Sentence[]> {
    const announced = await this.removals.announcedTo(person);
    return announced.map(({ account: { name }, endsAt, isFinal }) =>
      isFinal
        ? say(
            '担当窓口が内容を確認し、{name} 様の2段階認証を解除するお手続きを進めています（{time}に解除されます）。ご不明な点は、担当窓口までご連絡ください。',
            { name, time: endsAt! },
          )
        : say(
            '{name} 様の2段階認証を解除するお手続きが進んでいます（{time}に解除できるようになります）。お心当たりがない場合は、異議を申し立てられます。',
            { name, time: endsAt! },
          ),
    );
  }
}
