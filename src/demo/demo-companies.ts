import type { Role } from '../identity/role.js';
export type DemoPerson = ReturnType<typeof person>;

export type DemoCompany = (typeof demoCompanies)[number];

/** The companies of the demo, as an operator's master data would name them. */
export const demoCompanies = [
  {
    corporateNumber: '1000001',
    name: '青葉商事株式会社',
    nameKana: 'アオバショウジ',
    transferAccountNumber: '0012345',
    billingEmail: 'keiri@aoba.example',
    people: [] as DemoPerson[],
  },
  {
    corporateNumber: '2000002',
    name: '株式会社みなと製作所',
    nameKana: 'ミナトセイサクショ',
    transferAccountNumber: '2345678',
    billingEmail: 'soumu@minato.example',
    people: [
      person('administrator', '佐藤 花子', 'サトウ ハナコ', '総務部', 'sato', 'minato'),
      person('staff', '鈴木 一郎', 'スズキ イチロウ', '営業部', 'suzuki', 'minato'),
      person('staff', '髙橋 𠮷彦', 'タカハシ ヨシヒコ', '経理部', 'takahashi', 'minato'),
    ],
  },
  {
    corporateNumber: '3000003',
    name: '有限会社つばめ運輸',
    nameKana: 'ツバメウンユ',
    transferAccountNumber: '3456789',
    billingEmail: 'info@tsubame.example',
    people: [
      person('administrator', '田中 健', 'タナカ ケン', '管理部', 'tanaka', 'tsubame'),
      person('administrator', '伊藤 美咲', 'イトウ ミサキ', '管理部', 'ito', 'tsubame'),
    ],
  },
];

function person(
  role: Role,
  name: string,
  nameKana: string,
  department: string,
  loginId: string,
  company: string,
) {
  return {
    role,
    name,
    nameKana,
    department,
    loginId: `${loginId}-demo`,
    email: `${loginId}@${company}.example`,
    password: 'genkan-demo-2026',
  };
}
