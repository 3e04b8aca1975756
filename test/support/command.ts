import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/root.js';
import type { RunningApp } from './app.js';

export interface CommandEnd {
  exitCode: number;
  out: string;
  err: string;
}

type Environment = Record<string, string>;

/** An operator at a terminal, beside a running application and with its configuration. */
export class Operator {
  constructor(private readonly running: RunningApp) {}

  /** The application's configuration as an operator's environment has it. */
  get environment(): Environment {
    const { config, mailbox } = this.running;
    return {
      DATABASE_URL: config.databaseUrl,
      SMTP_URL: mailbox.url,
      SECRET_KEY: config.secretKey.toString(),
      PUBLIC_URL: 'https://front.example.jp',
      MAIL_FROM: config.mailFrom,
      OPERATOR_NAME: config.operatorName,
      DESK_MAIL: config.deskMail,
      DESK_PHONE: config.deskPhone,
    };
  }

  /** Runs `genkan` in a process of its own. */
  types(...words: string[]): Promise<CommandEnd> {
    return this.typesWith({}, ...words);
  }

  /** The same with other settings. */
  typesWith(settings: Environment, ...words: string[]): Promise<CommandEnd> {
    return genkan(words, { ...this.environment, ...settings });
  }
}

/** Runs the sources of `genkan` with exactly these settings. */
export function genkan(words: string[], settings: Environment): Promise<CommandEnd> {
  const sources = join(root, 'test/support/sources.js');
  const args = ['--disable-warning=ExperimentalWarning', '--import', sources, 'src/cli.ts'];
  const env = { PATH: process.env.PATH, ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, ...words], { cwd: root, env }, (error, out, err) => {
      resolve({ exitCode: error ? Number(error.code) : 0, out, err });
    });
  });
}
