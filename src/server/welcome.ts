import type { Config } from '../config.js';
import { DEMO_PASSWORD, demoCompanies } from '../demo/demo-companies.js';
import { newestOf } from '../demo/demo-invoices.js';
import { ROLES } from '../identity/role.js';
import { say, type Sentence } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';
import { demoLogFile } from './demo-log.js';

/** Greets people at the demo's terminal; a server in production only writes its log. */
export function announce(config: Config): void {
  if (config.embedded) process.stdout.write(welcome(config));
}

function welcome(config: Config): string {
  const { publicUrl, smtpUrl, terminalLanguage: language } = config;
  const told = (sentence: Sentence) => translate(sentence, language);
  const service = config.wordsIn(language).serviceName;
  const columns = table([
    [told(say('デモのご案内')), `${publicUrl}/dev`, told(say('ツアー、登場人物、最初に戻す'))],
    [told(say('ログイン')), `${publicUrl}/login`],
    [told(say('担当窓口')), `${publicUrl}/desk`],
    [told(say('新規登録')), `${publicUrl}/initiate`],
    ...(smtpUrl ? [] : [[told(say('メールボックス')), `${publicUrl}/dev/mailbox`]]),
    [told(say('請求書の見本')), `${publicUrl}/dev/invoices`],
  ]);
  const log = table([
    [told(say('ログ')), demoLogFile(config)],
    [told(say('終了')), 'Ctrl-C'],
  ]);
  return [
    '',
    `  ${told(say('{service}のデモを開始しました。', { service }))}`,
    '',
    ...columns,
    '',
    `  ${told(say('登場人物（ログインID / パスワード）'))}`,
    ...table(people(language)),
    '',
    `  ${told(say('請求書に記載された番号'))}`,
    ...table(numbers(config)),
    '',
    ...log,
    '',
    '',
  ].join('\n');
}

function people(language: Language): string[][] {
  return demoCompanies.flatMap((company) =>
    company.people.map(({ loginId, name, role }) => [
      `${loginId} / ${DEMO_PASSWORD}`,
      name,
      translate(ROLES[role], language),
      company.name,
    ]),
  );
}

function numbers({ terminalLanguage: language, enrollmentProof }: Config): string[][] {
  return demoCompanies.map((company) => [
    `${translate('法人番号', language)} ${company.corporateNumber}`,
    `${translate('お振込先口座番号', language)} ${company.transferAccountNumber}`,
    ...(enrollmentProof === 'invoice'
      ? [`${translate('いちばん新しい請求書', language)} ${newestOf(company)}`]
      : []),
    company.name,
  ]);
}

/** Rows with their columns under each other, indented. */
function table(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) =>
      row
        .map((cell, place) => Math.max(widest[place] ?? 0, widthOf(cell)))
        .concat(widest.slice(row.length)),
    [],
  );
  const padded = (cell: string, place: number) => cell + ' '.repeat(widths[place]! - widthOf(cell));
  return rows.map((row) => `    ${row.map(padded).join('   ').trimEnd()}`);
}

/** In cells of a terminal, of which kana and kanji take two. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > '\u2e7f' ? 2 : 1), 0);
}
