import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { maskedEmail } from '../../mail/masked-email.js';
import { siteOf } from '../../web/requests/client-address.js';
import { Enrollment } from '../enrollment.entity.js';
import { Reviews } from './reviews.js';

/** Of one network or mail domain in a day (UTC), where the numbers match no company. */
const UNMATCHED_A_DAY = 5;

/** An application that waits, with what tells the caller among equal names. */
export interface WaitingReview {
  enrollment: Enrollment;
  /** Masked; empty when the key that sealed it is gone. */
  email: string;
  network: string;
}

export interface ReadReviews {
  /** The oldest first; without a company where the numbers match none. */
  waiting: WaitingReview[];
  setAside: number;
}

/**
 * What the desk reads. A flood with wrong numbers is set aside here and not when it comes, because
 * whoever applies must see no difference to right ones, which are always listed.
 */
@Injectable()
export class ReviewList {
  constructor(
    private readonly em: EntityManager,
    private readonly reviews: Reviews,
  ) {}

  async read({ all = false } = {}): Promise<ReadReviews> {
    const populate = ['corporation', 'sealedDetails'] as const;
    const orderBy = { createdAt: 'asc' as const };
    const open = await this.em.find(Enrollment, { state: 'review' }, { populate, orderBy });
    const everything = open.map((enrollment) => this.#reviewOf(enrollment));
    const waiting = all ? everything : withoutFloods(everything);
    return { waiting, setAside: everything.length - waiting.length };
  }

  /** The ids of those that `read` leaves out; a few are never a flood, so none of them is unsealed. */
  async setAside(): Promise<string[]> {
    const doubtful = { state: 'review', corporation: null } as const;
    if ((await this.em.count(Enrollment, doubtful)) <= UNMATCHED_A_DAY) return [];
    const [{ waiting: all }, { waiting }] = [await this.read({ all: true }), await this.read()];
    const shown = new Set(waiting.map(({ enrollment: { id } }) => id));
    return all.flatMap(({ enrollment: { id } }) => (shown.has(id) ? [] : id));
  }

  #reviewOf(enrollment: Enrollment): WaitingReview {
    const { address } = enrollment;
    const details = this.reviews.detailsOf(enrollment);
    const email = details ? maskedEmail(details.email) : '';
    return { enrollment, email, network: address ? siteOf(address) : '' };
  }
}

function withoutFloods(reviews: WaitingReview[]): WaitingReview[] {
  const seen = new Map<string, number>();
  const isOneMore = (key: string) => {
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key)! > UNMATCHED_A_DAY;
  };
  return reviews.filter(({ enrollment, email, network }) => {
    if (enrollment.corporation) return true;
    const day = enrollment.createdAt.toISOString().slice(0, 10);
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    const exceeded = [`${day} ${network}`, `${day} ${domain}`].map((key) => isOneMore(key));
    return !exceeded.includes(true);
  });
}
