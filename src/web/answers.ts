import { say, type Sentence } from './sentence.js';

/** What a handler answers: a page to draw or a place to go. */
export type Answer = Page | Redirect;

export class Page {
  constructor(
    readonly template: string,
    readonly title: Sentence,
    readonly model: Record<string, unknown>,
    readonly status: number,
    readonly retryAfter?: number,
    /** A piece that is put above the page that is there: it has no title of its own. */
    readonly isAlert = false,
  ) {}
}

export class Redirect {
  constructor(
    readonly location: string,
    readonly notice?: Notice,
  ) {}
}

/** A page by the name of its template; `status` is 200 unless the handler says otherwise. */
export function page(
  template: string,
  title: string | Sentence,
  model: Record<string, unknown> = {},
  {
    status = 200,
    retryAfter,
    isAlert = false,
  }: Pick<Partial<Page>, 'status' | 'retryAfter' | 'isAlert'> = {},
): Page {
  const sentence = typeof title === 'string' ? say(title) : title;
  return new Page(template, sentence, model, status, retryAfter, isAlert);
}

/** 303: after a success the browser fetches the next page; `notice` is shown there once. */
export function seeOther(location: string, notice?: Notice): Redirect {
  return new Redirect(location, notice);
}

/** The closed list of sentences that are shown once, after a redirect. */
export const notices = {
  'signed-out': { kind: 'success', sentence: say('ログアウトしました。') },
  activated: {
    kind: 'success',
    sentence: say('登録が完了しました。ログインIDとパスワードを入力してログインしてください。'),
  },
  'mail-sent-again': {
    kind: 'success',
    sentence: say('登録のご案内のメールを、もう一度お送りしました。'),
  },
  'recovery-sent-again': {
    kind: 'success',
    sentence: say(
      'パスワード再登録のご案内を、もう一度お送りしました。いちばん新しいメールをご覧ください。',
    ),
  },
  'mail-too-soon': {
    kind: 'warning',
    sentence: say('メールはお送りしたばかりです。3分ほど待ってから、もう一度お試しください。'),
  },
  'mail-limit': {
    kind: 'warning',
    sentence: say(
      'このメールアドレスへメールを送信できる回数を超えました。1時間ほど待ってから、もう一度お試しください。',
    ),
  },
  'not-waiting': {
    kind: 'info',
    sentence: say('登録はすでに完了しているか、取り消されています。'),
  },
  'registration-withdrawn': {
    kind: 'info',
    sentence: say('登録をいったん取り消しました。内容を直して、もう一度「確認」を押してください。'),
  },
  'language-chosen': { kind: 'info', sentence: say('表示する言語を変更しました。') },
  'start-over': {
    kind: 'info',
    sentence: say('入力の途中で30分が過ぎたか、別の手順から開かれたため、最初の画面に戻りました。'),
  },
} as const;

export type Notice = keyof typeof notices;
