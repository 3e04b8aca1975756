import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { EntityManager, raw } from '@mikro-orm/postgresql';
import { Pool } from 'pg';
import { sqlNow } from '../../database/clock.js';
import { LateWrites } from '../../database/late-writes.js';
import { tables } from '../../database/tables.js';
import { pause } from '../../resting.js';
import { seeOther, type Redirect } from '../answers.js';
import { CarriedNotices } from '../carried-notices.js';
import { asksOf, MOST_ASKED, sentAs } from './asked-again.js';
import { FormSubmission } from './form-submission.entity.js';

/** Of one site: beyond them the oldest are forgotten. */
const MOST_REMEMBERED = 500;
/** A claim is given up so long after its last sign of life: its process was killed, or hangs. */
const PATIENCE_MS = 5_000;
const SIGN_OF_LIFE_EVERY_MS = 2_000;
/** So long the answer to what was done may still come. */
const ANSWER_WITHIN_MS = 1_000;
/** Shorter than proxies wait for an answer. */
const LONGEST_WAIT_MS = 15_000;
const STEP_MS = 50;

/** Where a form led, and the cookies that went with it, sealed (`AnswerCookies`). */
export interface Led {
  answer: Redirect;
  cookies: string;
}

/** Of a claim that another request holds: where that led, or what is known of it. */
type Earlier = Led | 'done' | 'in-hand';

/** One form, filled in one way, in the hands of one request of a visit (`AnswerCookies`). */
export type Claim = Pick<FormSubmission, 'id' | 'entriesDigest' | 'site'> &
  Record<'holder' | 'visitMark', string>;

/** `failed`: nobody knows whether it was done, but the row of the claim does. */
type End = Led | 'refused' | 'failed';

/** Forms that were sent: the request that works on each, whether it was done, and where it led. */
@Injectable()
export class FormSubmissions {
  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly lateWrites: LateWrites,
    private readonly notices: CarriedNotices,
  ) {}

  /**
   * Waits for an earlier request with the same submission.
   * @returns undefined when the caller holds the claim, else where the earlier one led; `done` when
   * nobody knows where, `in-hand` when it is still at work
   */
  async claim(claim: Claim): Promise<Earlier | undefined> {
    try {
      await this.#forgetSurplusOf(claim.site);
      return await this.#claim(claim);
    } catch (error) {
      // It may have been written all the same.
      this.lateWrites.later(() => this.#write(claim, 'failed'));
      throw error;
    }
  }

  /** Where the same submission led; waits while another request is at work on it, and claims nothing. */
  async ledTo(claim: Claim): Promise<Led | undefined> {
    await asksOf(tables(this.em), claim).execute();
    for (let waited = 0; waited < ANSWER_WITHIN_MS; waited += STEP_MS) {
      const earlier = await this.#ofVisit(claim);
      if (!earlier) return undefined;
      if (earlier.location != null) return this.#led(claim, earlier.location, earlier);
      await pause(STEP_MS);
    }
    return undefined;
  }

  /** Says again and again that the claim's holder is at work. @returns what ends that */
  keepAlive({ id, entriesDigest, holder }: Claim): () => void {
    const sign = `update form_submissions set created_at = genkan_now()
                  where id = $1 and entries_digest = $2 and holder = $3`;
    const timer = setInterval(() => {
      // The next sign may come through; without any, the claim is taken over.
      void this.pool.query(sign, [id, entriesDigest, holder]).catch(() => undefined);
    }, SIGN_OF_LIFE_EVERY_MS);
    return () => clearInterval(timer);
  }

  /** In the transaction that does what the form asks for, so that both are true or neither. */
  async markActed(claim: Claim): Promise<void> {
    const acted = { acted_at: sqlNow };
    const marked = await tables(this.em)
      .insertInto('form_submissions')
      // Anew, where many others of the site made it forgotten.
      .values({ ...rowOf(claim), ...acted })
      .onConflict((conflict) =>
        conflict
          .columns(['id', 'entries_digest'])
          .doUpdateSet(acted)
          .where('form_submissions.holder', '=', claim.holder),
      )
      .executeTakeFirst();
    if (marked.numInsertedOrUpdatedRows !== 1n)
      throw new ServiceUnavailableException('Another request took this form over');
  }

  /** While the database is away, it goes on trying. */
  async end(claim: Claim, end: End): Promise<void> {
    await this.lateWrites.do(() => this.#write(claim, end));
  }

  async #forgetSurplusOf(site: string): Promise<void> {
    const surplus = tables(this.em)
      .selectFrom('form_submissions')
      .select('id')
      .where('site', '=', site)
      .orderBy('created_at', 'desc')
      .offset(MOST_REMEMBERED - 1);
    await tables(this.em).deleteFrom('form_submissions').where('id', 'in', surplus).execute();
  }

  async #claim(claim: Claim): Promise<Earlier | undefined> {
    let actedSince: number | undefined;
    for (let waited = 0; waited < LONGEST_WAIT_MS; waited += STEP_MS) {
      if (await this.#insert(claim)) return undefined;
      const earlier = await this.#earlier(claim);
      if (earlier?.location != null) return this.#led(claim, earlier.location, earlier);
      if (earlier?.acted_at) {
        actedSince ??= waited;
        if (!earlier.holder || waited - actedSince >= ANSWER_WITHIN_MS) return 'done';
      } else if (earlier && earlier.now.getTime() - earlier.created_at.getTime() > PATIENCE_MS) {
        if (await this.#takeOver(claim, earlier.holder)) return undefined;
      }
      if (earlier) await pause(STEP_MS);
    }
    return 'in-hand';
  }

  /** Nobody but its own visit reads what was done, or gets anything. */
  #led(
    { visitMark }: Claim,
    location: string,
    earlier: { notice: string | null; visit_mark: string | null; asked: number },
  ): Led {
    if (earlier.visit_mark !== visitMark) return { answer: seeOther(location), cookies: '' };
    const [notice = '', cookies = ''] = (earlier.notice ?? '').split(' ');
    const answer = seeOther(location, this.notices.read(notice));
    return { answer, cookies: earlier.asked > MOST_ASKED ? '' : cookies };
  }

  async #insert(claim: Claim): Promise<boolean> {
    const claimed = await tables(this.em)
      .with('asks', (db) => asksOf(db, claim))
      .insertInto('form_submissions')
      .values(rowOf(claim))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return claimed.numInsertedOrUpdatedRows === 1n;
  }

  /** Undefined when it was refused: then the form was not done, and may be sent again. */
  #earlier({ id, entriesDigest }: Claim) {
    return sentAs(tables(this.em), id)
      .where('entries_digest', '=', entriesDigest)
      .executeTakeFirst();
  }

  /** Of whoever has no session any more, nobody knows who sent it; the seal of its cookies compares the entries. */
  #ofVisit({ id, visitMark }: Claim) {
    const rows = sentAs(tables(this.em), id).where('visit_mark', '=', visitMark);
    return rows.orderBy('created_at', 'desc').executeTakeFirst();
  }

  /** By exactly one; whoever held it cannot commit any more. */
  async #takeOver(claim: Claim, former: string | null): Promise<boolean> {
    const { id, entriesDigest, holder, visitMark } = claim;
    const unfinished = { id, entriesDigest, holder: former, actedAt: null, location: null };
    const anew = { holder, visitMark, createdAt: raw('genkan_now()') };
    return (await this.em.nativeUpdate(FormSubmission, unfinished, anew)) === 1;
  }

  async #write({ id, entriesDigest, holder }: Claim, end: End): Promise<void> {
    const held = { id, entriesDigest, holder };
    if (typeof end === 'object') {
      const { location, notice } = end.answer;
      const carried = [notice ? this.notices.write(notice) : '', end.cookies].join(' ').trimEnd();
      // Nothing was done, as of a run of somebody else: its owner may still send the form.
      if (!end.cookies) await this.em.nativeDelete(FormSubmission, { ...held, actedAt: null });
      await this.em.nativeUpdate(FormSubmission, held, { location, notice: carried || null });
    } else {
      const isDone = end === 'failed' && { actedAt: null };
      await this.em.nativeDelete(FormSubmission, { ...held, ...isDone });
      if (end === 'failed') await this.em.nativeUpdate(FormSubmission, held, { holder: null });
    }
  }
}

function rowOf({ id, entriesDigest, site, holder, visitMark }: Claim) {
  return { id, entries_digest: entriesDigest, site, holder, visit_mark: visitMark };
}
