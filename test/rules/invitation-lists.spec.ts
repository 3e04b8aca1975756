import { readInvitations } from '../../src/accounts/invitations/import/read-invitations.js';

const HEADER = '氏名,フリガナ,部署,電話番号,メールアドレス,権限';
const HARUTA = '春田,ハルタ,総務部,03-1234-5678,haruta@sakura.example,担当者';

function peopleOf(text: string) {
  const read = readInvitations(text);
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
  ])('is read with %s, with and without its header', (_, separator) => {
    const whole = `${HEADER}\n${HARUTA}`.replaceAll(',', separator);
    const people = [
      { invited: { name: '春田', department: '総務部', email: 'haruta@sakura.example' } },
    ];
    expect(peopleOf(whole)).toMatchObject(people);
    expect(peopleOf(whole.split('\n')[1]!)).toMatchObject(people);
  });

  it('is read by the commas around what people write with others', () => {
    const busy = HARUTA.replace('総務部', '総務、人事、経理、法務；広報');
    expect(peopleOf(busy)).toMatchObject([
      { invited: { department: '総務、人事、経理、法務；広報' } },
    ]);
    expect(peopleOf(HARUTA.replace('総務部', '"総務;人事;経理;法務;広報"'))).toMatchObject([
      { invited: { department: '総務;人事;経理;法務;広報' } },
    ]);
  });

  it('counts rows as spreadsheets do, whatever a cell holds', () => {
    const two = HARUTA.replace('総務部', '"総務部\n人事課"');
    const read = readInvitations(`${HEADER}\n\n${two}\n${HARUTA.replace('担当者', '部長')}`);
    expect(read).toMatchObject({ ok: false, wrong: [{ line: 3 }, { line: 4 }] });
  });

  it('says which line is separated otherwise', () => {
    const [problem] = peopleOf(`${HEADER}\n${HARUTA.replaceAll(',', ';')}`);
    expect(problem).toContain('1行目とは違う記号で区切られています');
  });
});

describe('a phone number from a spreadsheet', () => {
  it.each([
    ['312345678', '0312345678'],
    ['9012345678', '09012345678'],
    ['５０12345678', '05012345678'],
  ])('gets its zero back, which the page says: %s', (typed, phone) => {
    expect(phoneOf(typed)).toMatchObject([
      {
        invited: { phone },
        advice: { text: '電話番号の先頭に0を補いました：{phone}', values: { phone } },
      },
    ]);
  });

  it.each(['0312345678', '03-1234-5678', '+81312345678', '12345', '2125551234'])(
    'stays as it is: %s',
    (typed) => {
      const [person] = phoneOf(typed);
      expect(person).toMatchObject({ invited: { phone: typed } });
      expect(person).not.toHaveProperty('advice');
    },
  );

  it.each(['9.01235E+09', '3E+08'])('that lost digits is typed again: %s', (typed) => {
    const [problem] = phoneOf(typed);
    expect(problem).toContain('桁が失われています');
  });
});
