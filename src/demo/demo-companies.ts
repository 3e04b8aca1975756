import type { Role } from '../identity/role.js';
import { say, type Sentence } from '../web/sentence.js';

export type DemoPerson = ReturnType<typeof person>;

export type DemoCompany = (typeof demoCompanies)[number];

/** Everybody's of the demo, and no secret. */
export const DEMO_PASSWORD = 'genkan-demo-2026';

const WITH_FACTOR = true;

/** The companies of the demo with their last two invoices, the newest one first, as an operator's master data would name them. */
export const demoCompanies = [
  {
    corporateNumber: '1000001',
    name: '青葉商事株式会社',
    nameKana: 'アオバショウジ',
    transferAccountNumber: '0012345',
    invoices: [
      { invoiceNumber: 'A-20417', amount: 110_000 },
      { invoiceNumber: 'A-20389', amount: 110_000 },
    ],
    billingEmail: 'keiri@aoba.example',
    people: [] as DemoPerson[],
  },
  {
    corporateNumber: '2000002',
    name: '株式会社みなと製作所',
    nameKana: 'ミナトセイサクショ',
    transferAccountNumber: '2345678',
    invoices: [
      { invoiceNumber: 'A-20422', amount: 385_000 },
      { invoiceNumber: 'A-20394', amount: 402_600 },
    ],
    billingEmail: 'soumu@minato.example',
    people: [
      person(
        ['administrator', '佐藤 花子', 'サトウ ハナコ', '総務部', 'sato', 'minato'],
        say('4で引き継がれ、5で異議を申し立てます。'),
      ),
      person(
        ['staff', '鈴木 一郎', 'スズキ イチロウ', '営業部', 'suzuki', 'minato'],
        say('3でパスワードを忘れます。'),
      ),
      person(
        ['staff', '髙橋 𠮷彦', 'タカハシ ヨシヒコ', '経理部', 'takahashi', 'minato'],
        say('2でパスワードを間違えます。氏名の「髙」と「𠮷」は、登録されたとおりに表示されます。'),
      ),
    ],
  },
  {
    corporateNumber: '3000003',
    name: '有限会社つばめ運輸',
    nameKana: 'ツバメウンユ',
    transferAccountNumber: '3456789',
    // Its invoices carry no number, so their amounts are asked.
    invoices: [
      { invoiceNumber: '', amount: 73_480 },
      { invoiceNumber: '', amount: 68_200 },
    ],
    billingEmail: 'info@tsubame.example',
    people: [
      person(
        ['administrator', '田中 健', 'タナカ ケン', '管理部', 'tanaka', 'tsubame'],
        say('6で利用者を招待し、8と9でIPアドレスを制限します。'),
      ),
      person(
        ['administrator', '伊藤 美咲', 'イトウ ミサキ', '管理部', 'ito', 'tsubame'],
        say('7でメールアドレスを変更し、取り消します。'),
      ),
      person(
        ['administrator', '渡辺 舞', 'ワタナベ マイ', '総務部', 'watanabe', 'tsubame'],
        say('10で2段階認証を使ってログインし、11と12で会社の2段階認証を管理します。'),
        WITH_FACTOR,
      ),
      person(
        ['staff', '小川 亮', 'オガワ リョウ', '配送部', 'ogawa', 'tsubame'],
        say('12で認証アプリを使えなくなります。'),
        WITH_FACTOR,
      ),
    ],
  },
];

type Details = [
  role: Role,
  name: string,
  nameKana: string,
  department: string,
  loginId: string,
  company: string,
];

function person(
  [role, name, nameKana, department, loginId, company]: Details,
  part: Sentence,
  hasFactor = false,
) {
  const email = `${loginId}@${company}.example`;
  return { role, name, nameKana, department, loginId: `${loginId}-demo`, email, part, hasFactor };
}
