import { ConfigError, readConfig, type Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

type Environment = Record<string, string | undefined>;

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
    const names = given.length > 0 ? `given: ${given.join(', ')}` : 'nothing is given';
    const demo = config.embedded ? ' Without DATABASE_URL this is the embedded demo.' : '';
    return { config, findings: [ok(`${names}; the rest has its defaults.${demo}`)] };
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
