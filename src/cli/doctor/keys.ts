import type { EntityManager } from '@mikro-orm/postgresql';
import type { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import type { KeyRotation } from '../../keys/key-rotation.js';
import { finder, findingsOf, type Finding } from './finding.js';

const { ok, warn, fail } = finder('secrets');

/** The key must be the database's own, and nothing may wait for one that is not given. */
export async function keyFindings(
  rotation: KeyRotation,
  em: EntityManager,
  { keyFingerprint, previousKeyFingerprint: previous }: Config,
): Promise<Finding[]> {
  const known = await tables(em)
    .selectFrom('secret_keys')
    .select(['fingerprint', 'retired_at', 'exchanged_at'])
    .execute();
  const { fingerprint } = known.find(({ retired_at }) => retired_at === null) ?? {};
  const own = known.find((key) => key.fingerprint === keyFingerprint);
  if (fingerprint !== undefined && ![keyFingerprint, previous].includes(fingerprint))
    return [
      own && own.exchanged_at === null
        ? warn(
            'SECRET_KEY（{given}）は、{fingerprint} への交換の途中です。新しい鍵を SECRET_KEY に、この鍵を SECRET_KEY_PREVIOUS に指定してください。',
            { given: keyFingerprint, fingerprint },
          )
        : fail(
            'SECRET_KEY（{given}）は、このデータベースの鍵（{fingerprint}）ではありません。その鍵を指定するか、交換する場合は SECRET_KEY_PREVIOUS に指定してください。',
            { given: keyFingerprint, fingerprint },
          ),
    ];
  const waiting = await rotation.waiting();
  const { transferAccounts, companies, ticketCompanies, recoveryPeople } = waiting;
  const { invoices, invoiceCompanies, returnPaths } = waiting;
  const counts = { transferAccounts, companies };
  const all = transferAccounts + ticketCompanies + recoveryPeople + invoices + returnPaths;
  return findingsOf(
    ok('SECRET_KEY は、このデータベースの鍵です（{keyFingerprint}）。', { keyFingerprint }),
    transferAccounts > 0 &&
      (previous
        ? warn(
            '{companies}法人のお振込先口座番号{transferAccounts}件が、次の取り込みを待っています。それまで SECRET_KEY_PREVIOUS を残してください。',
            counts,
          )
        : fail(
            '{companies}法人のお振込先口座番号{transferAccounts}件が、別の鍵のものです。マスターデータを取り込むか、その鍵を指定してください。',
            counts,
          )),
    invoices > 0 &&
      warn('{invoiceCompanies}法人の請求書{invoices}件が、次の請求書の取り込みを待っています。', {
        invoiceCompanies,
        invoices,
      }),
    ticketCompanies > 0 &&
      warn('{ticketCompanies}法人の緊急用チケットが、以前の鍵のものです。', { ticketCompanies }),
    recoveryPeople > 0 &&
      warn('{recoveryPeople}名のリカバリーコードが、以前の鍵のものです。', { recoveryPeople }),
    previous !== undefined &&
      returnPaths > 0 &&
      warn(
        '直近48時間に送ったメール{returnPaths}通は、戻ってきたときに、以前の鍵で確認します。それまで SECRET_KEY_PREVIOUS を残してください。',
        { returnPaths },
      ),
    previous !== undefined &&
      all === 0 &&
      warn(
        '「genkan rotate-key」のあと、SECRET_KEY_PREVIOUS を待つものはありません。外してください。',
      ),
  );
}
