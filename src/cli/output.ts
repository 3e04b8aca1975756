import { fstatSync, writeSync } from 'node:fs';
import { say, type Sentence } from '../web/sentence.js';

const STDOUT = 1;

/** Stdout took not all of what a command printed: a full disk, a quota, a closed terminal. */
export class OutputFailure extends Error {
  readonly sentence: Sentence;

  constructor({ code, message }: NodeJS.ErrnoException) {
    super(message);
    const facts = { code: code ?? message };
    this.sentence = say(
      '出力を書き込めませんでした（{code}）。書き込まれた分は途中までです。',
      facts,
    );
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Writes on stdout, behind everything that was printed before.
 * @returns false when its reader went away, as `head` does when it has enough
 * @throws OutputFailure
 */
export function print(text: string): Promise<boolean> {
  const written = last.then(() => write(text));
  last = written;
  // Told by `everythingPrinted` where nobody waits for it.
  last.catch(() => undefined);
  return written;
}

/** @throws OutputFailure */
export async function everythingPrinted(): Promise<void> {
  try {
    await last;
  } finally {
    last = Promise.resolve();
  }
}

async function write(text: string): Promise<boolean> {
  try {
    if (fstatSync(STDOUT).isFile()) writeWhole(Buffer.from(text));
    else await writeToStream(text);
    return true;
  } catch (error) {
    const fault = error as NodeJS.ErrnoException;
    if (fault.code === 'EPIPE') return false;
    throw new OutputFailure(fault);
  }
}

/** A disk that is nearly full takes a part, and the stream of Node would lose the rest without a word. */
function writeWhole(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(STDOUT, bytes, at);
}

function writeToStream(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Each fault comes as an event as well.
    if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => undefined);
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
