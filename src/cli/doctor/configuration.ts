import type { Config } from '../../config.js';
import { ConfigError, readConfig, type Environment } from '../../read-config.js';
import { finder, findingsOf, type Finding } from './finding.js';

const { ok, fail } = finder('configuration');

export interface Examined {
  /** Undefined when it has faults. */
  config: Config | undefined;
  findings: Finding[];
}

/** Names the given variables without their values, and those that are wrong. */
export function configurationFindings(environment: Environment): Examined {
  const asked = new Set<string>();
  try {
    const config = readConfig(noting(asked, environment));
    const given = [...asked].filter((name) => environment[name]).sort();
    const names = given.join(', ');
    const findings = findingsOf(
      given.length > 0
        ? ok('指定あり：{names}。ほかは既定値です。', { names })
        : ok('指定はなく、すべて既定値です。'),
      config.embedded && ok('DATABASE_URL がないため、内蔵のデモです。'),
    );
    return { config, findings };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { config: undefined, findings: error.problems.map((problem) => fail(`${problem}.`)) };
  }
}

/** Notes the names that the reader asks for, so that there is no second list of variables. */
function noting(asked: Set<string>, environment: Environment): Environment {
  return new Proxy(environment, {
    get(target, name: string) {
      asked.add(name);
      return target[name];
    },
  });
}
