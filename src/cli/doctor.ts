import { EntityManager } from '@mikro-orm/postgresql';
import type { Config } from '../config.js';
import { Jobs } from '../jobs/jobs.js';
import { done, refused, type CommandResult } from './command-result.js';
import { configurationFindings } from './doctor/configuration.js';
import { databaseFindings } from './doctor/database.js';
import { lineOf, type Finding } from './doctor/finding.js';
import { restrictionFinding } from './doctor/ip-restriction.js';
import { jobsFinding } from './doctor/jobs.js';
import { deliveriesFindings, serverFinding } from './doctor/mail.js';
import { proxyFindings } from './doctor/proxy.js';
import { secretsFindings } from './doctor/secrets.js';
import { inApp } from './with-app.js';
import { withDatabase } from './with-database.js';

type Environment = Record<string, string | undefined>;

/** `genkan doctor`: a line for each thing that Genkan needs, with the remedy where it is missing. */
export async function doctor(environment: Environment): Promise<CommandResult> {
  const findings: Finding[] = [];
  const tell = (...found: Finding[]): void => {
    findings.push(...found);
    for (const finding of found) process.stdout.write(`${lineOf(finding)}\n`);
  };
  const { config, findings: found } = configurationFindings(environment);
  tell(...found);
  if (config) {
    tell(...secretsFindings(config, environment), ...proxyFindings(config));
    await withDatabase(environment, (running) => examine(running, tell));
  }
  const failed = findings.filter(({ level }) => level === 'fail').length;
  return failed === 0 ? done() : refused(`${failed} of ${findings.length} checks failed.`);
}

async function examine(config: Config, tell: (...found: Finding[]) => void): Promise<void> {
  const database = await databaseFindings(config);
  tell(...database, await serverFinding(config));
  if (database.some(({ level }) => level === 'fail')) return;
  await inApp(config, async (app) => {
    const em = app.get(EntityManager);
    tell(...(await deliveriesFindings(em)), await jobsFinding(app.get(Jobs)));
    tell(await restrictionFinding(em, config));
  });
}
