import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { bounceClasses, type BounceClass, type BounceReport } from '../bounce-class.js';
import { MailDelivery } from '../mail-delivery.entity.js';
import { ReturnPaths } from '../return-paths.js';
import { ReturnedMails } from '../returned-mails.js';
import { readBounce } from './bounce-report.js';

/** `over`: the delivery came back already, or too long ago. `unknown-path`: nothing of ours. */
export type BounceOutcome =
  BounceClass | Exclude<BounceReport['outcome'], 'failed'> | 'over' | 'unknown-path';

const taken = new Counter({
  name: 'genkan_bounces_total',
  help: 'Messages to return paths that this process read: why a mail came back, or why nothing follows',
  labelNames: ['reason'],
});
const ignored = ['delayed', 'other-recipient', 'no-report', 'over', 'unknown-path'];
for (const reason of [...bounceClasses, ...ignored]) taken.inc({ reason }, 0);

/**
 * Takes what comes back. A report counts for the delivery that its return path names, once, and only
 * when it is about the address that the delivery was sent to.
 */
@Injectable()
export class Bounces {
  constructor(
    private readonly em: EntityManager,
    private readonly returned: ReturnedMails,
    private readonly returnPaths: ReturnPaths,
  ) {}

  async isReturnPath(address: string): Promise<boolean> {
    return (await this.#deliveryOf(address)) !== null;
  }

  /**
   * @param address the recipient of the message, a return path
   * @param sender of its envelope, '' for none; undefined where nobody said it
   */
  async take(address: string, raw: Buffer, sender?: string): Promise<BounceOutcome> {
    const reason = await this.#take(address, raw, sender);
    taken.inc({ reason });
    return reason;
  }

  async #take(address: string, raw: Buffer, sender?: string): Promise<BounceOutcome> {
    const delivery = await this.#deliveryOf(address);
    if (!delivery) return 'unknown-path';
    const report = readBounce(raw, delivery.recipient, sender);
    if (report.outcome !== 'failed') return report.outcome;
    const isTaken = await inTransaction(this.em, () => this.#bounce(delivery.id, report));
    return isTaken ? report.why : 'over';
  }

  async #bounce(id: string, report: BounceReport & { outcome: 'failed' }): Promise<boolean> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const delivery = await this.em.findOneOrFail(MailDelivery, { id }, { lockMode });
    const now = await databaseNow(this.em);
    if (!delivery.mayComeBack(now)) return false;
    delivery.bounce(report.words, now, report.why);
    await this.returned.note(delivery);
    return true;
  }

  /** Null also for a delivery whose recipient was erased: nothing proves the path any more. */
  async #deliveryOf(address: string): Promise<MailDelivery | null> {
    const path = this.returnPaths.read(address);
    if (!path) return null;
    const where = { id: path.deliveryId };
    const delivery = await this.em.findOne(MailDelivery, where, { refresh: true });
    return delivery && this.returnPaths.isFor(path, delivery.recipient) ? delivery : null;
  }
}
