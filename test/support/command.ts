import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../src/root.js';
import type { RunningApp } from './app.js';

export interface CommandEnd {
  exitCode: number;
  out: string;
  err: string;
}

type Environment = Record<string, string>;

type Run = (words: string[], settings: Environment) => Promise<CommandEnd>;

/** An operator at a terminal, beside a running application and with its configuration. */
export class Operator {
  /** @param run `genkan` for a process of its own for each command, which loads everything anew */
  constructor(
    private readonly running: RunningApp,
    private readonly run: Run = inTerminal,
  ) {}

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

  /** Runs one command line. */
  types(...words: string[]): Promise<CommandEnd> {
    return this.typesWith({}, ...words);
  }

  /** The same with other settings. */
  typesWith(settings: Environment, ...words: string[]): Promise<CommandEnd> {
    return this.run(words, { ...this.environment, ...settings });
  }
}

const OF_SOURCES = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  join(root, 'test/support/sources.js'),
];

let terminal: ChildProcess | undefined;
let lastCommand: Promise<unknown> = Promise.resolve();

/** Runs a command in a process that all commands of this worker share, one after another. */
export function inTerminal(words: string[], settings: Environment): Promise<CommandEnd> {
  const end = lastCommand.then(async () => {
    terminal ??= openTerminal();
    terminal.send({ words, settings });
    return answerOf(terminal);
  });
  lastCommand = end.catch(() => undefined);
  return end;
}

function openTerminal(): ChildProcess {
  const file = join(root, 'test/support/terminal.ts');
  const child = fork(file, {
    execArgv: OF_SOURCES,
    env: { PATH: process.env.PATH },
    // Into a file, commands write past the streams.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

async function answerOf(child: ChildProcess): Promise<CommandEnd> {
  const heard = new AbortController();
  const told = once(child, 'message', heard) as Promise<[CommandEnd]>;
  const ended = once(child, 'exit', heard) as Promise<[number | null]>;
  const answer = await Promise.race([told, ended.then(([code]) => code)]);
  ended.catch(() => undefined);
  told.catch(() => undefined);
  heard.abort();
  if (Array.isArray(answer)) return answer[0];
  terminal = undefined;
  throw new Error(`The command ended its process with ${answer}`);
}

/** Runs the sources of `genkan` with exactly these settings, in a process of its own. */
export function genkan(words: string[], settings: Environment): Promise<CommandEnd> {
  return genkanInShell('exec genkan', words, settings);
}

/** The same by a line of the shell in which `genkan` stands for the command. */
export function genkanInShell(
  line: string,
  words: string[],
  settings: Environment,
): Promise<CommandEnd> {
  const script = line.replace('genkan', '"$0" "$@"');
  const args = ['-c', script, process.execPath, ...OF_SOURCES, 'src/cli.ts', ...words];
  const env = { PATH: process.env.PATH, ...settings };
  return new Promise((resolve) => {
    execFile('sh', args, { cwd: root, env }, (error, out, err) => {
      resolve({ exitCode: error ? Number(error.code) : 0, out, err });
    });
  });
}
