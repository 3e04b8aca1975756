/** A process that runs one of the operators' commands after another and answers what it printed. */
import { runCommand } from '../../src/cli/program.js';

interface CommandLine {
  words: string[];
  settings: Record<string, string>;
}

const printed = { out: '', err: '' };
keep(process.stdout, 'out');
keep(process.stderr, 'err');

process.on('disconnect', () => process.exit());
process.on('message', ({ words, settings }: CommandLine) => void answer(words, settings));

async function answer(words: string[], settings: CommandLine['settings']): Promise<void> {
  Object.assign(printed, { out: '', err: '' });
  const exitCode = await runCommand(words, settings);
  process.send!({ exitCode, ...printed });
}

function keep(stream: NodeJS.WriteStream, name: keyof typeof printed): void {
  stream.write = (text: string | Uint8Array, ...rest: unknown[]) => {
    printed[name] += String(text);
    const taken = rest.at(-1);
    if (typeof taken === 'function') taken();
    return true;
  };
}
