import { setTimeout as wait } from 'node:timers/promises';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestApplicationContext } from '@nestjs/common';
import { inTransaction } from '../database/transaction.js';
import { MailDeliveries } from '../mail/mail-deliveries.js';
import { MailDelivery } from '../mail/mail-delivery.entity.js';
import { Mails } from '../mail/mails.js';
import { WaitingMails } from '../mail/waiting-mails.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { done, refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/** Longer than a try of the running application. */
const PATIENCE_MS = 50_000;
const STEP_MS = 100;

/** `genkan mail test`: sends a mail the way every mail goes, and tells the server's answer. */
export function testMail(environment: Environment, address: string): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const em = app.get(EntityManager);
    const id = await inTransaction(em, () => app.get(Mails).test(address));
    const mail = await app.get(WaitingMails).take(id);
    if (mail) await app.get(MailDeliveries).deliver(mail);
    const { state, serverAnswer } = await outcomeOf(app, id);
    const answer = serverAnswer ?? '-';
    if (state === 'handed-over')
      return done(say('メールサーバーが受け付けました：{answer}', { answer }));
    if (state === 'bounced')
      return refused(say('メールサーバーが拒否しました：{answer}', { answer }));
    return refused(
      say('メールを渡せませんでした：{answer}', { answer }),
      say('あとで再送します。'),
    );
  });
}

/** A running application may have been quicker to take the mail: then its try is waited for. */
async function outcomeOf(app: INestApplicationContext, id: string): Promise<MailDelivery> {
  const delivery = await app.get(EntityManager).findOneOrFail(MailDelivery, { id });
  const isTried = () => delivery.state !== 'queued' || delivery.serverAnswer !== null;
  for (let waited = 0; waited < PATIENCE_MS && !isTried(); waited += STEP_MS) {
    await wait(STEP_MS);
    await app.get(EntityManager).refresh(delivery);
  }
  return delivery;
}
