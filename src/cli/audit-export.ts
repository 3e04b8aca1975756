import { EntityManager } from '@mikro-orm/postgresql';
import { AuditExport, type ExportFormat } from '../log/audit-export.js';
import { Audit } from '../audit/audit.js';
import { Corporation } from '../corporations/corporation.entity.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { terminalLanguage } from '../web/texts.js';
import { byOperator } from './by-operator.js';
import { done, refused, type CommandResult } from './command-result.js';
import type { OperatorOption } from './decision-options.js';
import { print } from './output.js';

export interface ExportOrder extends OperatorOption {
  /** A company's number, as somebody typed it. */
  corporation?: string;
  since?: Date;
  until?: Date;
  format: ExportFormat;
  words?: boolean;
}

/** `genkan audit export`: writes the log to stdout while it is read. */
export function exportAudit(
  environment: Environment,
  { corporation: corporateNumber, since, until, format, words, ...given }: ExportOrder,
): Promise<CommandResult> {
  return byOperator(environment, given, async (app, { operator }) => {
    const corporation =
      corporateNumber === undefined
        ? undefined
        : await app.get(EntityManager).findOne(Corporation, { corporateNumber });
    if (corporation === null)
      return refused(say('法人番号 {number} の法人はありません。', { number: corporateNumber! }));
    const language = words ? terminalLanguage(environment) : undefined;
    const scope = { corporationId: corporation?.id, since, until, words: language };
    const of = { corporationId: corporation?.id };
    await app.get(Audit).done('log-export', of, { operator, format });
    for await (const piece of app.get(AuditExport).text(scope, format))
      if (!(await print(piece))) break;
    return done();
  });
}
