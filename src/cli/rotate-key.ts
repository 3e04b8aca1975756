import { userInfo } from 'node:os';
import { EntityManager } from '@mikro-orm/postgresql';
import { Audit } from '../audit/audit.js';
import { LogSeals } from '../audit/seals/log-seals.js';
import { Config } from '../config.js';
import { inTransaction } from '../database/transaction.js';
import { KeyRotation, type WaitingForNumbers } from '../keys/key-rotation.js';
import { Recoveries } from '../password-reset/recoveries.js';
import type { Environment } from '../read-config.js';
import { say, type Sentence } from '../web/sentence.js';
import { done, refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

const SEALING = say('記録を封印しているところです。少し待ってから、もう一度実行してください。');

/**
 * `genkan rotate-key`: brings everything from the former key to the new one that can be, and says
 * what waits. It may run again and again, while the application runs.
 */
export function rotateKey(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    if (!app.get(Config).secretKeyPrevious)
      return refused(say('SECRET_KEY_PREVIOUS に、これまでの鍵を指定してください。'));
    const em = app.get(EntityManager);
    const { renewed, unreadable } = await app.get(KeyRotation).reseal();
    const recoveries = await inTransaction(em, () => app.get(Recoveries).renameMailboxes());
    const seals = await app.get(LogSeals).renew();
    if (seals === undefined) return refused(SEALING);
    await app.get(KeyRotation).finish();
    const waiting = await app.get(KeyRotation).waiting();
    const facts = {
      operator: userInfo().username,
      renewed,
      unreadable,
      recoveries,
      seals,
      ...waiting,
    };
    await app.get(Audit).done('key-rotation', {}, facts);
    return done(
      say('新しい鍵で暗号化し直しました：{renewed}件', {
        renewed: renewed + recoveries + seals,
      }),
      ...(unreadable > 0 ? [say('どちらの鍵でも読めません：{unreadable}件', { unreadable })] : []),
      ...waitingSentences(waiting),
    );
  });
}

function waitingSentences({
  transferAccounts,
  companies,
  ticketCompanies,
  recoveryPeople,
  invoices,
  invoiceCompanies,
  returnPaths,
}: WaitingForNumbers): Sentence[] {
  const sentences = [
    transferAccounts > 0 &&
      say(
        'お振込先口座番号 {transferAccounts}件（{companies}法人）は、次の「genkan import-corporations」を待っています。',
        { transferAccounts, companies },
      ),
    invoices > 0 &&
      say(
        '請求書 {invoices}件（{invoiceCompanies}法人）は、次の「genkan import-invoices」を待っています。',
        { invoices, invoiceCompanies },
      ),
    ticketCompanies > 0 &&
      say('緊急用チケットは、{ticketCompanies}法人で発行し直す必要があります。', {
        ticketCompanies,
      }),
    recoveryPeople > 0 &&
      say('リカバリーコードは、{recoveryPeople}名が発行し直す必要があります。', { recoveryPeople }),
    returnPaths > 0 &&
      say(
        '直近48時間に送ったメール{returnPaths}通は、戻ってきたときに、これまでの鍵で確認します。',
        { returnPaths },
      ),
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0
    ? [...sentences, say('それまで SECRET_KEY_PREVIOUS を残してください。')]
    : [say('待っているものはありません。SECRET_KEY_PREVIOUS を外せます。')];
}
