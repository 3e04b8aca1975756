import type { Command } from 'commander';
import { commands } from '../../src/cli/program.js';
import { USAGE_WORDS } from '../../src/cli/usage-words.js';

const program = (LANG: string) =>
  commands(
    { LANG },
    (load) =>
      async (...typed) =>
        void (await (
          await load()
        )({ LANG }, ...typed)),
  );

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

const described = everyCommand(program('en_US.UTF-8')).flatMap((command) => [
  command.description(),
  ...command.registeredArguments.map(({ description }) => description),
  ...command.options.map(({ description }) => description),
]);

it('every description of a command has its Japanese, and none is left over', () => {
  const known = new Set([...described.filter(Boolean), 'display help for command']);
  expect([...known].toSorted()).toEqual(Object.keys(USAGE_WORDS).toSorted());
});

describe.each(
  everyCommand(program('ja_JP.UTF-8')).map((command) => [command.name(), command] as const),
)('the help of %s', (_, command) => {
  it('is Japanese where the terminal is', () => {
    const [usage, ...words] = command.helpInformation().split('\n');
    expect(usage).toMatch(/^使い方： genkan/);
    expect(words.join('\n').replaceAll(/<[^>]+>|"[^"]+"/g, '')).not.toMatch(
      /[a-z]+ [a-z]+ [a-z]+|(?:Usage|Options|Arguments|Commands|default|choices):/,
    );
  });
});

it('stays English elsewhere', () => {
  expect(program('C').helpInformation()).toMatch(/^Usage: genkan .*[\s\S]*bring the database up/);
});
