import { say, type Sentence } from '../web/sentence.js';

export interface Topic {
  name: string;
  question: Sentence;
}

export const topics: Topic[] = [
  { name: 'sign-in', question: say('ログインID・パスワードを入力したがログインができない。') },
  { name: 'mail', question: say('メールが届かない。') },
  {
    name: 'predecessor',
    question: say('前任者が異動・退職しログインID・パスワードが分からない。'),
  },
  { name: 'numbers', question: say('法人番号・お振込先口座番号が分からない。') },
  { name: 'ip-restriction', question: say('IPアドレス制限によりログインできない。') },
];
