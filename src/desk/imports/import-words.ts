import { say, type Sentence } from '../../web/sentence.js';
import { KNOWN, type DeskImport, type ImportKind } from './desk-import.entity.js';

const KIND_WORDS: Record<ImportKind, Sentence> = {
  'master-data': say('法人の一覧'),
  invoices: say('ご請求書の一覧'),
};

const STATE_WORDS: Record<DeskImport['state'], { tone: string; text: Sentence }> = {
  checking: { tone: 'info', text: say('確認中') },
  checked: { tone: 'warning', text: say('取り込み前') },
  refused: { tone: 'error', text: say('修正が必要') },
  importing: { tone: 'info', text: say('取り込み中') },
  done: { tone: 'success', text: say('取り込み済み') },
  interrupted: { tone: 'error', text: say('中断') },
  discarded: { tone: '', text: say('取り消し済み') },
};

const COUNT_WORDS: Record<string, Sentence> = {
  rows: say('読み取った行'),
  companies: say('法人'),
  newCompanies: say('新しい法人'),
  [KNOWN]: say('変更のある法人'),
  newAccounts: say('新しいお振込先口座番号'),
  unchanged: say('変更のない法人'),
  added: say('新しい請求書'),
  removed: say('削除する古い請求書'),
  renewed: say('内容は変えずに登録し直す請求書'),
};

export const LINE_WORDS = {
  new: { tone: 'success', text: say('新規') },
  changed: { tone: 'info', text: say('変更') },
  invoices: { tone: 'info', text: say('変更') },
  refused: { tone: 'error', text: say('修正が必要') },
};

/** Of a run, as the list and its own page show it. */
export function runView(run: DeskImport) {
  const { id, kind, fileName, uploadedBy, confirmedBy, createdAt, finishedAt, state } = run;
  return {
    id,
    kind: KIND_WORDS[kind],
    fileName,
    uploadedBy,
    confirmedBy: state === 'done' ? confirmedBy : null,
    createdAt,
    finishedAt: finishedAt ?? null,
    state: STATE_WORDS[state],
  };
}

export function countsView({ counts }: DeskImport) {
  return Object.entries(COUNT_WORDS)
    .filter(([name]) => name in counts)
    .map(([name, text]) => ({ text, count: counts[name]! }));
}
