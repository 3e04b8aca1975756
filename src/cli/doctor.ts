import { EntityManager } from '@mikro-orm/postgresql';
import { FactorMinimum } from '../auth/second-factor/duty/factor-minimum.js';
import type { Config } from '../config.js';
import { Jobs } from '../jobs/jobs.js';
import { KeyRotation } from '../keys/key-rotation.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { done, refused, speaker, type CommandResult } from './command-result.js';
import { configurationFindings } from './doctor/configuration.js';
import { examineDatabase } from './doctor/database.js';
import { bouncesFindings } from './doctor/bounces.js';
import { dkimFindings } from './doctor/dkim.js';
import { deliveriesFindings } from './doctor/deliveries.js';
import { administratorsFinding, deskCasesFindings } from './doctor/desk-cases.js';
import { deskFinding } from './doctor/desk.js';
import { faultFinding, lineOf, type Finding } from './doctor/finding.js';
import { grantsFinding } from './doctor/grants.js';
import { invoicesFindings } from './doctor/invoices.js';
import { jobsFinding, logFinding, stuckJobsFinding } from './doctor/jobs.js';
import { keyFindings } from './doctor/keys.js';
import { minimumFinding } from './doctor/second-factor.js';
import { serverFinding } from './doctor/mail.js';
import { proxyFinding, restrictionFinding } from './doctor/proxy.js';
import { publicUrlFinding } from './doctor/public-url.js';
import { secretsFindings } from './doctor/secrets.js';
import { themeFindings } from './doctor/theme.js';
import { print } from './output.js';
import { inApp } from './with-app.js';
import { withDatabase } from './with-database.js';

/** `genkan doctor`: a line for each thing that Genkan needs, with the remedy where it is missing. */
export async function doctor(environment: Environment): Promise<CommandResult> {
  const findings: Finding[] = [];
  const told = speaker(environment);
  const tell = (...found: Finding[]): void => {
    findings.push(...found);
    for (const finding of found) void print(`${told(lineOf(finding))}\n`);
  };
  const { config, findings: found } = configurationFindings(environment);
  tell(...found);
  if (config) {
    tell(...secretsFindings(config, environment), proxyFinding(config), ...themeFindings(config));
    await withDatabase(environment, (running) => examine(running, tell)).catch((error: unknown) =>
      tell(faultFinding('database', error)),
    );
  }
  const failed = findings.filter(({ level }) => level === 'fail').length;
  return failed === 0
    ? done()
    : refused(
        say('{count}件の確認のうち{failed}件に問題があります。', {
          failed,
          count: findings.length,
        }),
      );
}

async function examine(config: Config, tell: (...found: Finding[]) => void): Promise<void> {
  const { isUsable, findings } = await examineDatabase(config);
  tell(...findings, await serverFinding(config), await publicUrlFinding(config));
  tell(...(await bouncesFindings(config)), ...(await dkimFindings(config)));
  if (!isUsable) return;
  await inApp(config, async (app) => {
    const em = app.get(EntityManager);
    const checks: [about: string, check: () => Promise<Finding | Finding[]>][] = [
      ['database', () => grantsFinding(em)],
      ['secrets', () => keyFindings(app.get(KeyRotation), em, config)],
      ['log', () => logFinding(em)],
      ['mail', () => deliveriesFindings(em)],
      ['jobs', () => jobsFinding(app.get(Jobs))],
      ['jobs', () => stuckJobsFinding(em)],
      ['cases', () => administratorsFinding(em)],
      ['invoices', () => invoicesFindings(em, config)],
      ['second factor', () => minimumFinding(em, app.get(FactorMinimum), config)],
      ['desk', () => deskFinding(em, config)],
      ['desk cases', () => deskCasesFindings(em, config)],
      ['IP restriction', () => restrictionFinding(em, config)],
    ];
    // One that cannot be made, for want of a right say, hides none of the others.
    for (const [about, check] of checks)
      tell(...[await check().catch((error: unknown) => faultFinding(about, error))].flat());
  });
}
