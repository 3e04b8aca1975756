import { setTimeout as wait } from 'node:timers/promises';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestApplicationContext } from '@nestjs/common';
import { sqlOne } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { MailDeliveries } from '../mail/mail-deliveries.js';
import { Mails } from '../mail/mails.js';
import { done, refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

/** All time limits of the mail server's connection together, and some more. */
const PATIENCE = 40_000;
const STEP = 100;

interface Delivery {
  state: string;
  server_answer: string | null;
}

/** `genkan mail test`: sends a mail the way every mail goes, and tells what the server said. */
export function testMail(
  environment: Record<string, string | undefined>,
  address: string,
): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const id = await queueTest(app, address);
    await app.get(MailDeliveries).deliver(id);
    const delivery = await outcomeOf(app, id);
    const answer = delivery?.server_answer ?? 'no answer';
    if (delivery?.state === 'handed-over') return done(`The mail server took the mail: ${answer}`);
    if (delivery?.state === 'bounced') return refused(`The mail server refused it: ${answer}`);
    return refused(`The mail could not be handed over: ${answer}`, 'It is tried again later.');
  });
}

function queueTest(app: INestApplicationContext, address: string): Promise<string> {
  const em = app.get(EntityManager);
  return inTransaction(em, async () => {
    await app.get(Mails).test(address);
    const queued = await sqlOne<{ id: string }>(
      em,
      `select id from mail_deliveries where kind = 'test' and recipient = $1
       order by created_at desc limit 1`,
      [address],
    );
    return queued!.id;
  });
}

/** A running application may have been quicker to take the mail: then its try is waited for. */
async function outcomeOf(app: INestApplicationContext, id: string): Promise<Delivery | undefined> {
  const look = () =>
    sqlOne<Delivery>(
      app.get(EntityManager),
      'select state, server_answer from mail_deliveries where id = $1',
      [id],
    );
  let delivery = await look();
  for (let waited = 0; waited < PATIENCE && delivery?.state === 'queued'; waited += STEP) {
    await wait(STEP);
    delivery = await look();
  }
  return delivery;
}
