import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { FEW_CODES } from '../../auth/second-factor/recovery-codes.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { say, type Sentence } from '../../web/sentence.js';

/** Prepared, because each TOP page asks it and there is mostly nothing to tell. */
const FOUND = {
  name: 'factor-news',
  text: `select exists (select from factor_removals
                        where corporation_id = $1 and outcome is null) as "isAnnounced",
                exists (select from factor_removals
                        where account_id = $2 and outcome = 'cancelled') as "wasCancelled",
                (select count(*)::int from recovery_codes
                 where account_id = $2 and used_at is null) as "codes"`,
};

interface Found {
  isAnnounced: boolean;
  wasCancelled: boolean;
  codes: number;
}

/** What the TOP page tells of second factors: the own one, and removals of lost ones in the company. */
@Injectable()
export class FactorNews {
  constructor(
    private readonly pool: Pool,
    private readonly removals: FactorRemovals,
  ) {}

  async of({ corporationId, accountId, hasFactor, now }: SignedIn) {
    const found = await this.pool.query<Found>({ ...FOUND, values: [corporationId, accountId] });
    const { isAnnounced, wasCancelled, codes } = found.rows[0]!;
    return {
      /** How many recovery codes are left, where they run out. */
      fewCodes: hasFactor && codes <= FEW_CODES ? { left: codes } : null,
      removals: isAnnounced ? await this.#announced(corporationId) : [],
      cancelledAt:
        hasFactor && wasCancelled ? await this.removals.cancelledAt(accountId, now) : undefined,
    };
  }

  /** Told to everybody: whoever knows better may object. */
  async #announced(corporationId: string): Promise<Sentence[]> {
    const announced = await this.removals.announcedIn(corporationId);
    return announced.map(({ account: { name }, endsAt }) =>
      say(
        '{name} 様の2段階認証を解除するお手続きが進んでいます（{time}に解除できるようになります）。お心当たりがない場合は、異議を申し立てられます。',
        { name, time: endsAt! },
      ),
    );
  }
}
