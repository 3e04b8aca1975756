import {
  problemLines,
  reportLines,
  type MasterDataReport,
} from '../../src/corporations/master-data-report.js';
import { speaker } from '../../src/cli/command-result.js';
import { say } from '../../src/web/sentence.js';

const english = speaker({});
const linesOf = (given: MasterDataReport) => reportLines(given).map(english);

const sakura = { name: 'さくら商事', nameKana: 'サクラ', billingEmail: 'keiri@sakura.example.jp' };

function report(given: Partial<MasterDataReport>): MasterDataReport {
  return {
    dryRun: false,
    rows: 3,
    companies: 2,
    given: [],
    newCompanies: [],
    changedCompanies: [],
    newAccounts: [],
    unchanged: 2,
    ...given,
  };
}

function changed(after: Partial<typeof sakura>) {
  return { corporateNumber: '1001', before: sakura, after: { ...sakura, ...after } };
}

describe('the report', () => {
  it('is two lines when nothing changed', () => {
    expect(linesOf(report({}))).toEqual([
      'Imported.',
      '3 rows, 2 companies: 0 new, 0 changed, 2 unchanged; 0 new transfer accounts, 0 of them of known companies',
    ]);
  });

  it('says first that a dry run changed nothing', () => {
    expect(linesOf(report({ dryRun: true }))[0]).toBe(
      'Dry run: nothing was changed. The import would do this:',
    );
  });

  it('lists new companies, changed ones, and new accounts of known ones', () => {
    const lines = linesOf(
      report({
        newCompanies: [
          { corporateNumber: '1002', before: null, after: { ...sakura, name: 'すみれ' } },
        ],
        changedCompanies: [changed({ name: 'さくら商店', nameKana: 'サクラテン' })],
        newAccounts: [
          { corporateNumber: '1002', name: '', lastDigits: '001' },
          { corporateNumber: '1001', name: '', lastDigits: '888' },
        ],
        unchanged: 0,
      }),
    );
    expect(lines.slice(1)).toEqual([
      '3 rows, 2 companies: 1 new, 1 changed, 0 unchanged; 2 new transfer accounts, 1 of them of known companies',
      'New companies:',
      '  1002  すみれ',
      'Changed companies:',
      '  1001  法人名 さくら商事 → さくら商店, 法人名カナ サクラ → サクラテン',
      'New transfer accounts of known companies:',
      '  1001  …888',
    ]);
  });

  it('says that a mail address changes, and not to which', () => {
    const lines = linesOf(
      report({ changedCompanies: [changed({ billingEmail: 'soumu@sakura.example.jp' })] }),
    );
    expect(lines).toContain('  1001  請求先メールアドレス');
    expect(lines.join()).not.toContain('@');
  });

  it('shows twenty of each list', () => {
    const many = Array.from({ length: 23 }, () => changed({ name: 'さくら' }));
    const lines = linesOf(report({ changedCompanies: many }));
    expect(lines).toHaveLength(2 + 1 + 20 + 1);
    expect(lines.at(-1)).toBe('  and 3 more');
  });
});

describe('the problems', () => {
  it('begin with their line; what concerns the whole file has none', () => {
    const sentence = say('a sentence that has {count} words', { count: 6 });
    expect(
      problemLines([
        { line: 12, sentence },
        { line: 0, sentence },
      ]).map(english),
    ).toEqual(['line 12: a sentence that has 6 words', 'a sentence that has 6 words']);
  });
});
