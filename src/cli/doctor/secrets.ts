import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import type { Environment } from '../../read-config.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('secrets');
const FEWEST_DIFFERENT_BYTES = 10;
/** Files that a platform mounts here are readable in their container only. */
const MOUNTED = '/run/secrets/';

/** The key's length, and the places of the secrets with their readers; never a secret. */
export function secretsFindings(config: Config, environment: Environment): Finding[] {
  const secretUrls = Object.entries({
    DATABASE_URL: config.databaseUrl,
    SMTP_URL: config.smtpUrl,
  }).filter(([, url]) => url && new URL(url).password !== '');
  return [
    keyFinding(config.secretKey),
    placeFinding('SECRET_KEY', keyFile(config, environment)),
    ...(config.dkimKey ? [placeFinding('DKIM_KEY', environment.DKIM_KEY_FILE)] : []),
    ...secretUrls.map(([name]) => placeFinding(name, environment[`${name}_FILE`])),
  ];
}

function keyFile({ embedded, dataDir }: Config, environment: Environment): string | undefined {
  const isGiven = environment.SECRET_KEY_FILE ?? environment.SECRET_KEY;
  return embedded && !isGiven ? join(dataDir, 'secret.key') : environment.SECRET_KEY_FILE;
}

function keyFinding(key: Buffer): Finding {
  if (new Set(key).size < FEWEST_DIFFERENT_BYTES)
    return fail(
      'SECRET_KEY がランダムな文字列ではありません。「openssl rand -hex 32」で作ってください。',
    );
  return ok('SECRET_KEY は{length}バイトです。', { length: key.length });
}

function placeFinding(name: string, file: string | undefined): Finding {
  if (!file)
    return warn(
      '{name} が環境変数にあり、プロセス一覧や障害の記録から見えます。ファイルに置き、{name}_FILE で指定してください。',
      { name },
    );
  const isOpen = (statSync(file).mode & 0o007) !== 0 && !file.startsWith(MOUNTED);
  return isOpen
    ? warn(
        'このマシンのどのユーザーも {file}（{name}）を読めます。「chmod 600 {file}」を実行してください。',
        { file, name },
      )
    : ok('{name} は {file} から読んでいます。', { name, file });
}
