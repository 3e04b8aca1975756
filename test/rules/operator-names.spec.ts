import {
  isRoleWord,
  isSameOperator,
  newOperatorNameOf,
  operatorNameOf,
} from '../../src/identity/operator-name.js';

it.each([
  ['田村', '田 村'],
  ['ＴＡＭＵＲＡ', 'tamura'],
  ['Ito', 'lto'],
  ['Oka', '0ka'],
  ['田中1', '田中l'],
  ['カトウ', '力トウ'],
  ['ニシ', '二シ'],
  ['ロペス', '口ペス'],
  ['エノ', '工ノ'],
  ['シヨウ', 'ショウ'],
  ['へいた', 'ヘいた'],
  ['スー', 'ス一'],
  ['土田', '士田'],
  ['Corner', 'Comer'],
  ['José', 'Jose'],
])('%j and %j are the name of one person', (one, other) => {
  expect(isSameOperator(one, other)).toBe(true);
});

it.each([
  ['田村', '田中'],
  ['高橋', '髙橋'],
  ['さとう', 'サトウ'],
  ['Kato', 'Sato'],
])('%j and %j are two people', (one, other) => {
  expect(isSameOperator(one, other)).toBe(false);
});

it.each([
  '中井',
  '森',
  '佐々木 ゆき',
  'José Muñoz',
  'ジョン・',
  'Müller',
  'ｶﾄｳ',
  '김민준',
  'Søren 2',
])('somebody new may be called %j where that is a name', (name) => {
  expect(newOperatorNameOf(name)).toBe(operatorNameOf(name));
});

it.each(['Таmura', 'Οkada', 'Tamᴜra', 'tamuгa', 'ɡoto', 'ⲟka', 'ιto', '٠١٢٣'])(
  'nobody new is called %j, and whoever is called so goes on',
  (name) => {
    expect(operatorNameOf(name)).toBeDefined();
    expect(newOperatorNameOf(name)).toBeUndefined();
  },
);

it.each([
  '責任者',
  '担当窓口',
  'オペレーター2',
  '担当窓口 責任者',
  'Ｏｐｅｒａｔｏｒ',
  'オペレ一タ一',
  'Admin',
  '管理者',
  '管理責任者',
  '責任者様',
  '責任者 田村',
  '1人目',
  'お客様センター',
  'second lead',
])('%j is a role, and nobody’s name', (name) => {
  expect(isRoleWord(name)).toBe(true);
});

it.each(['田村', '本田', '窓', 'Root Suzuki', 'Leadbetter', '山本 人志'])(
  '%j is a name',
  (name) => {
    expect(isRoleWord(name)).toBe(false);
  },
);
