import { id, Upgraded } from './upgraded.js';

const moment = (column: string) =>
  `coalesce(to_char(${column} at time zone 'Asia/Tokyo', 'MM-DD HH24'), '') as ${column}`;

let upgraded: Upgraded;
beforeAll(async () => {
  upgraded = await Upgraded.from010();
});
afterAll(() => upgraded.drop());

describe('the links that were mailed by 0.1.0', () => {
  /** Purpose, subject, hash, created, ends, used, replaced; the moments as month, day and hour. */
  const LINKS: [string, string, string, string, string, string?, string?][] = [
    ['activation', id('a1'), 'activation used', '01-06 09', '01-07 09', '01-06 10'],
    ['activation', id('a4'), 'activation live', '03-01 09', '03-02 09'],
    ['activation', id('a4'), 'activation replaced', '02-28 09', '03-01 09', '', '03-01 09'],
    ['email-proof', id('91'), 'proof pending', '03-01 09', '03-02 09'],
    ['email-proof', id('92'), 'proof voided', '02-28 09', '03-01 09', '', '03-01 09'],
    ['email-proof', id('93'), 'proof proved', '03-01 09', '03-02 09', '03-01 10'],
    ['email-proof', id('94'), 'proof undone', '02-01 09', '02-02 09', '02-01 10'],
    ['email-proof', id('95'), 'proof objected', '02-20 09', '02-21 09', '02-20 10'],
    ['email-undo', id('93'), 'undo live', '03-01 10', '03-04 10'],
    ['email-undo', id('94'), 'undo used', '02-01 10', '02-04 10', '02-02 10'],
    ['email-undo', id('95'), 'undo voided', '02-20 10', '02-23 10', '', '02-21 10'],
    ['invitation', id('11'), 'invitation open', '03-01 09', '03-08 09'],
    ['invitation', id('12'), 'invitation used', '02-06 09', '02-13 09', '02-07 09'],
    ['invitation', id('13'), 'invitation cancelled', '03-01 09', '03-08 09', '', '03-01 11'],
    ['invitation', id('14'), 'invitation replaced', '02-28 09', '03-07 09', '', '03-01 09'],
    ['invitation', id('15'), 'invitation expired', '02-01 09', '02-08 09'],
    ['invitation', id('16'), 'invitation void', '03-01 09', '03-08 09'],
    ['objection', id('b1'), 'objection made', '03-01 09', '03-14 09'],
    ['objection', id('b2'), 'objection open', '02-14 09', '03-16 09'],
    ['recovery', 'aa01', 'recovery armed', '03-01 09', '03-02 09'],
    ['recovery', 'aa01', 'recovery used', '02-01 09', '02-02 09', '02-01 09'],
    ['sign-in-report', id('a1'), 'report live', '03-01 09', '03-08 09'],
  ];

  it('go on with their hashes and deadlines', async () => {
    const rows = await upgraded.rows(
      `select purpose, subject, encode(token_hash, 'escape') as hash,
              ${['created_at', 'ends_at', 'used_at', 'replaced_at'].map(moment).join()}
       from mailed_links where subject <> 'aa02'`,
    );
    const found = rows.map((row) => Object.values(row).join('; '));
    const expected = LINKS.map(([...values]) =>
      [...values, ...Array<string>(7 - values.length).fill('')].join('; '),
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it('are joined by hashes of nothing for requests that never got a link', async () => {
    const rows = await upgraded.rows(
      `select l.id, length(l.token_hash) as bytes, l.replaced_at is null as live, r.email_key,
              r.code_tries
       from mailed_links l join recoveries r on r.link_id = l.id
       where l.purpose = 'recovery' and l.subject = 'aa02' order by l.id`,
    );
    expect(rows).toEqual([
      { id: id('e2'), bytes: 32, live: true, email_key: null, code_tries: 1 },
      { id: id('e4'), bytes: 32, live: false, email_key: null, code_tries: 0 },
    ]);
  });

  it('keep the codes of recoveries', async () => {
    const rows = await upgraded.rows(
      `select link_id, email_key, encode(code_hash, 'escape') as code, code_tries,
              code_first_tried_at is not null as tried
       from recoveries where email_key is not null order by link_id`,
    );
    const email_key = 'smith@sakura.example.jp';
    expect(rows).toEqual([
      { link_id: id('e1'), email_key, code: 'code armed', code_tries: 2, tried: true },
      { link_id: id('e3'), email_key, code: 'code used', code_tries: 0, tried: false },
    ]);
  });
});
