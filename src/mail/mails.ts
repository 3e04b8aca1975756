import { Injectable } from '@nestjs/common';
import type { Suspender } from '../identity/account-states.js';
import type { Sentence } from '../web/sentence.js';
import type { Language } from '../web/texts.js';
import { MailQueue, type Addressee, type LinkInMail, type Recipient } from './mail-queue.js';

/** What somebody asks the desk. */
export interface Question {
  number: string;
  time: Date;
  corporationName: string;
  name: string;
  email: string;
  /** Null when nobody proved who that is. */
  loginId: string | null;
  /** Of the page that failed, and its path; either may be empty. */
  requestNumber: string;
  path: string;
  address: string;
  message: string[];
}

/** As the case of the desk keeps it. */
export interface AskedQuestion extends Question {
  /** Of the page that was asked from. */
  language: Language;
}

/** What the desk has to do today. */
export interface CaseDigestFacts {
  overdue: number;
  today: number;
  fresh: number;
  open: number;
  /** The answer to the customer did not arrive. */
  lost: number;
  /** `who` waits for it, in words. */
  cases: { number: string; kind: Sentence; who: Sentence; dueAt: Date; isAnswerLost: boolean }[];
}

/** One method a mail. Each is called in the transaction that causes the mail. */
interface AnswerFacts {
  caseNumber: string;
  answer: string;
  /** Of the page where it stands too. */
  path?: string | undefined;
  /** On that page, or on that of a link that was mailed before. */
  takesReply?: boolean | undefined;
}

@Injectable()
export class Mails {
  constructor(private readonly queue: MailQueue) {}

  /**
   * パスワード再登録のご案内: the link that recovers an ID or a password.
   * @param code does the same in the tab that asked for the mail, if one did
   */
  recovery(to: Recipient, link: LinkInMail, code?: { text: string; endsAt: Date }) {
    const about = {
      ...this.queue.link('password-reset', link),
      requestUrl: this.queue.url('password-reset'),
      codeUrl: this.queue.url('password-reset/code'),
      code: code && `${code.text.slice(0, 4)}-${code.text.slice(4)}`,
      codeEndsAt: code?.endsAt,
    };
    return this.queue.queue('recovery', to, about, link);
  }

  /**
   * パスワード再登録完了のお知らせ: time and address, and the way out if it was somebody else.
   * @param facts.suspender who can end the suspension that goes on, or ''
   */
  recovered(
    to: Addressee,
    facts: { loginId: string; time: Date; address: string; suspender: Suspender | '' },
  ) {
    return this.queue.queue('recovered', to, facts);
  }

  /** 番号の入力の誤りが続いています: to the billing contact of the company. */
  wrongNumbersTried(to: Addressee, time: Date, caseNumber: string) {
    return this.queue.queue('wrong-numbers-tried', to, { time, caseNumber });
  }

  /** 受付のお知らせ: the desk looks at the application before anything is granted. */
  reviewBegun(to: Addressee, caseNumber: string) {
    return this.queue.queue('review-begun', to, { caseNumber });
  }

  /** To the desk: applications wait for its decision, this one as the newest. */
  reviewForDesk(facts: { caseNumber: string; waiting: number; command: string }) {
    const url = this.queue.deskCaseUrl(facts.caseNumber);
    return this.queue.queue('review-for-desk', this.queue.desk, { ...facts, url });
  }

  /** To the desk: a question of somebody, proved by a sign-in or by nothing. */
  contactForDesk(question: Question) {
    const url = this.queue.deskCaseUrl(question.number);
    return this.queue.queue('contact-for-desk', this.queue.desk, { ...question, url });
  }

  /** To the desk: many strangers' questions in one mail. */
  questionsForDesk(questions: Question[]) {
    const model = { questions, count: questions.length };
    return this.queue.queue('questions-for-desk', this.queue.desk, model);
  }

  /** 担当窓口からのご連絡: an answer to somebody of a case. @param answer as the desk wrote it */
  deskAnswer(to: Addressee, { caseNumber, answer, path, takesReply = false }: AnswerFacts) {
    const paragraphs = answer.split(/\n{2,}/).map((paragraph) => paragraph.split('\n'));
    const url = path ? this.queue.url(path) : '';
    return this.queue.queue('desk-answer', to, { caseNumber, paragraphs, url, takesReply });
  }

  /** To the desk, each morning: how many cases are open, and those that are due. */
  digestForDesk(digest: CaseDigestFacts) {
    const model = { ...digest, url: this.queue.url('desk/cases') };
    return this.queue.queue('desk-digest', this.queue.desk, model);
  }

  /** お申し込みについて: the desk did not grant the application. */
  reviewRefused(to: Addressee, caseNumber: string) {
    return this.queue.queue('review-refused', to, { caseNumber });
  }

  /** Proves to an operator that mail works. */
  test(email: string) {
    return this.queue.queue('test', { email, language: 'ja' }, {});
  }
}
