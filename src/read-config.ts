import { textOf } from './config-files.js';
import { variables } from './config-variables.js';
import { Config } from './config.js';
import { terminalLanguage } from './web/texts.js';

export type Environment = Record<string, string | undefined>;

/** All wrong variables at once; each line is a sentence for the operator. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads the environment. `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws ConfigError with one line for each wrong variable
 */
export function readConfig(environment: Environment): Config {
  const config = new Config();
  config.terminalLanguage = terminalLanguage(environment);
  const problems: string[] = [];
  for (const [property, [name, reader, fallback]] of Object.entries(variables)) {
    try {
      const given = textOf(environment, name);
      Object.assign(config, { [property]: given ? reader(given) : fallback(config) });
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (!config.embedded && config.publicUrl?.startsWith('http:'))
    problems.push('PUBLIC_URL: must begin with https:// outside the embedded demo');
  problems.push(...contradictionsIn(config, problems));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What is wrong between variables, each of which is right by itself. */
function contradictionsIn(config: Config, problems: readonly string[]): string[] {
  const { port, metricsPort, bounceLmtpPort, bounceDomain } = config;
  const { dkimDomain, dkimSelector, dkimKey } = config;
  const signing = { DKIM_DOMAIN: dkimDomain, DKIM_SELECTOR: dkimSelector, DKIM_KEY_FILE: dkimKey };
  const missing = Object.entries(signing).filter(([, value]) => value === undefined);
  const isRead = problems.every((problem) => !problem.startsWith('DKIM_'));
  const isHalf = isRead && missing.length < Object.keys(signing).length;
  return [
    metricsPort !== undefined &&
      metricsPort === port &&
      'METRICS_PORT: must be another port than PORT',
    bounceLmtpPort !== undefined &&
      [port, metricsPort].includes(bounceLmtpPort) &&
      'BOUNCE_LMTP_PORT: must be another port than PORT and METRICS_PORT',
    bounceLmtpPort !== undefined &&
      !bounceDomain &&
      'BOUNCE_DOMAIN: is required with BOUNCE_LMTP_PORT',
    ...missing.map(([name]) => isHalf && `${name}: is required with the other DKIM variables`),
  ].filter((problem) => problem !== false);
}
