import { line } from '../../src/cli/typed-arguments.js';

describe('a name or a reason of a command', () => {
  it('is taken without the space around it', () => {
    expect(line(' 葛\u{E0101}城商事 ')).toBe('葛\u{E0101}城商事');
  });

  it.each(['', '一\n二', '青葉\u200B商事', '青葉\u2065商事', '\u{E0080}', 'あ'.repeat(201)])(
    'is not %j',
    (typed) => {
      expect(() => line(typed)).toThrow('It is no line');
    },
  );
});
