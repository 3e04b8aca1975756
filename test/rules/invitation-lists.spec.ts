import { readInvitations } from '../../src/accounts/invitations/import/read-invitations.js';

const HEADER = '氏名,フリガナ,部署,電話番号,メールアドレス,権限';
const HARUTA = '春田,ハルタ,総務部,03-1234-5678,haruta@sakura.example,担当者';

async function peopleOf(text: string) {
  const read = await readInvitations(text);
  return read.ok ? read.people : read.wrong.map(({ problems }) => problems[0]!.sentence.text);
}

const phoneOf = (phone: string) => peopleOf(HARUTA.replace('03-1234-5678', phone));

describe('a list', () => {
  it.each([
    ['commas', ','],
    ['semicolons, as spreadsheets elsewhere save them', ';'],
    ['tabs', '\t'],
    ['wide commas', '，'],
    ['wide semicolons', '；'],
    ['Japanese commas', '、'],
  ])('is read with %s, with and without its header', async (_, separator) => {
    const whole = `${HEADER}\n${HARUTA}`.replaceAll(',', separator);
    const people = [
      { invited: { name: '春田', department: '総務部', email: 'haruta@sakura.example' } },
    ];
    expect(await peopleOf(whole)).toMatchObject(people);
    expect(await peopleOf(whole.split('\n')[1]!)).toMatchObject(people);
  });

  it('is read whole, in portions that begin anywhere', async () => {
    const people = Array.from({ length: 500 }, (_, n) =>
      HARUTA.replace('春田', `"春𠮷${n}"`).replace('haruta', `haruta-${n}`),
    );
    const text = people.join('\n').replaceAll(',', '，');
    expect((await peopleOf(text)).length).toBe(500);
    expect(await peopleOf(text)).toMatchObject(
      people.map((_, n) => ({ line: n + 1, invited: { name: `春𠮷${n}`, department: '総務部' } })),
    );
  });

  it('is read by the commas around what people write with others', async () => {
    const busy = HARUTA.replace('総務部', '総務、人事、経理、法務；広報');
    expect(await peopleOf(busy)).toMatchObject([
      { invited: { department: '総務、人事、経理、法務；広報' } },
    ]);
    expect(await peopleOf(HARUTA.replace('総務部', '"総務;人事;経理;法務;広報"'))).toMatchObject([
      { invited: { department: '総務;人事;経理;法務;広報' } },
    ]);
  });

  it('counts rows as spreadsheets do, whatever a cell holds', async () => {
    const two = HARUTA.replace('総務部', '"総務部\n人事課"');
    const read = await readInvitations(`${HEADER}\n\n${two}\n${HARUTA.replace('担当者', '部長')}`);
    expect(read).toMatchObject({ ok: false, wrong: [{ line: 3 }, { line: 4 }] });
  });

  it('says which line is separated otherwise', async () => {
    const [problem] = await peopleOf(`${HEADER}\n${HARUTA.replaceAll(',', ';')}`);
    expect(problem).toContain('1行目とは違う記号で区切られています');
  });
});

describe('a phone number from a spreadsheet', () => {
  it.each([
    ['312345678', '0312345678'],
    ['9012345678', '09012345678'],
    ['５０12345678', '05012345678'],
  ])('gets its zero back, which the page says: %s', async (typed, phone) => {
    expect(await phoneOf(typed)).toMatchObject([
      {
        invited: { phone },
        advice: { text: '電話番号の先頭に0を補いました：{phone}', values: { phone } },
      },
    ]);
  });

  it.each(['0312345678', '03-1234-5678', '+81312345678', '12345', '2125551234'])(
    'stays as it is: %s',
    async (typed) => {
      const [person] = await phoneOf(typed);
      expect(person).toMatchObject({ invited: { phone: typed } });
      expect(person).not.toHaveProperty('advice');
    },
  );

  it.each(['9.01235E+09', '3E+08'])('that lost digits is typed again: %s', async (typed) => {
    const [problem] = await phoneOf(typed);
    expect(problem).toContain('桁が失われています');
  });
});

describe('what nobody sees', () => {
  it('is marked where a value with it is refused', async () => {
    const text = `${HEADER}\n${HARUTA.replace('春田', '春\u202E田')}`;
    const wrong = [{ name: '春［U+202E］田', problems: [{ value: '春［U+202E］田' }] }];
    expect(await readInvitations(text)).toMatchObject({ ok: false, wrong });
  });

  it('is called a tab where it is one', async () => {
    const [told] = await peopleOf(`${HEADER}\n${HARUTA.replace('春田', '春田\tハルタ')}`);
    expect(told).toContain('列を区切るタブがあります。');
  });
});

describe('a list that nobody wrote', () => {
  const MARKS = `a${'\u0327\u0301'.repeat(50_000)}`;

  it.each([
    ['a name of marks', `${HEADER}\n${HARUTA.replace('春田', MARKS)}`, 2],
    ['a header of marks', `${MARKS},${HEADER}\n${HARUTA}`, 1],
    ['a name that Unicode makes longer', `${HEADER}\n${'ﷺ'.repeat(150_000)}`, 2],
    ['one long line', '"a",'.repeat(100_000), 1],
    ['a wide header', '氏名,'.repeat(70_000), 1],
    ['commas', `${HEADER}\n${','.repeat(400_000)}x`, 2],
  ])('is not read from there on: %s', async (_, text, line) => {
    const read = await readInvitations(text);
    expect(read).toMatchObject({ ok: false, wrong: [{ line }] });
    expect((await peopleOf(text)).join()).toContain('この行は長すぎる');
  });

  it('is not read from a wrong quote on, however many follow', async () => {
    const text = `${HEADER}\n${HARUTA}\n${'a"'.repeat(250_000)}`;
    const read = await readInvitations(text);
    expect(read).toMatchObject({ ok: false, wrong: [{ line: 3 }] });
    expect((await peopleOf(text)).join()).toContain('引用符（"）の使い方が正しくない');
  });

  it('is not read on for a browser that hung up', async () => {
    let asked = 0;
    const hangsUp = () => (asked += 1) > 3;
    const text = Array<string>(500).fill(HARUTA).join('\n');
    await expect(readInvitations(text, hangsUp)).rejects.toThrow('The browser has gone');
    expect(asked).toBe(4);
  });

  it('names columns that nobody reads by their beginnings', async () => {
    const others = Array.from({ length: 93 }, () => 'ﷺ'.repeat(4_000)).join();
    const read = await readInvitations(`${HEADER},備考,${others}\n${HARUTA}`);
    const beginning = `${'ﷺ'.repeat(100)}…`;
    expect(read).toMatchObject({ ok: true, people: [{ line: 2 }] });
    expect(read.ok && new Set(read.ignored)).toEqual(new Set(['備考', beginning]));
  });

  it.each(['\n', '\r\n', '\r'])(
    'has no more lines than can be read, by whatever ends them',
    async (end) => {
      expect((await peopleOf(`x${end}`.repeat(10_000))).join()).toContain(
        '行あるため、読み取れません',
      );
    },
  );

  it('has the sentence of the form where a cell is only too long for its column', async () => {
    const [told] = await peopleOf(`${HEADER}\n${HARUTA.replace('春田', 'あ'.repeat(900))}`);
    expect(told).toBe('氏名は100文字以内で入力してください。');
  });
});
