import { say, type Sentence } from '../sentence.js';

/** By the beginning of the path, the longer ones first. */
const ABOUT: [string, Sentence][] = [
  ['/login', say('ログイン')],
  ['/initiate', say('新規登録')],
  ['/admin-enrollment/objection', say('異議申し立て')],
  ['/admin-enrollment', say('管理担当者追加登録')],
  ['/activation', say('登録の確認')],
  ['/password-reset', say('パスワード再登録')],
  ['/lost-factor', say('2段階認証の解除')],
  ['/invitation', say('招待')],
  ['/accounts', say('担当者情報変更')],
  ['/ip-restriction', say('IPアドレス制限')],
  ['/security', say('セキュリティ設定')],
  ['/log', say('操作の記録')],
  ['/me', say('自分の情報とパスワード')],
  ['/help', say('よくある質問')],
];

/** Null for paths that say nothing to people. */
export function pageInWords(path: string): Sentence | null {
  if (path === '/') return say('TOPページ');
  const isBelow = ([root]: [string, Sentence]) => path === root || path.startsWith(`${root}/`);
  return ABOUT.find(isBelow)?.[1] ?? null;
}
