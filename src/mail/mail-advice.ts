import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { say, type Sentence } from '../web/sentence.js';

/** By what helps, as mail-troubles.sql tells it. */
export type MailTrouble = 'full' | 'carrier' | 'gateway' | 'unknown' | 'other';

const ADVICE: Record<MailTrouble, Sentence> = {
  full: say(
    'メールボックスがいっぱいのため、メールが戻ってきました。不要なメールを削除すると、届くようになります。',
  ),
  carrier: say(
    '携帯電話会社が受け取らず、メールが戻ってきました。「ドメイン指定受信」などの受信設定で {domain} を許可するか、メールアドレスを変更してください。',
  ),
  gateway: say(
    '迷惑メール対策などで受信を拒否され、メールが戻ってきました。メールのご担当者に、{domain} からのメールの許可をご依頼ください。',
  ),
  unknown: say(
    '宛先が見つからず、メールが戻ってきました。正しいメールアドレスに変更してください。',
  ),
  other: say('メールが戻ってきました。メールアドレスと受信設定をご確認ください。'),
};

/** Nobody has an account yet whose address could be changed. */
const BEFORE_REGISTRATION: Partial<typeof ADVICE> = {
  carrier: say(
    '携帯電話会社が受け取らず、メールが戻ってきました。「ドメイン指定受信」などの受信設定で {domain} を許可してください。',
  ),
};

export const MAIL_SUPPRESSED = say(
  '届くことを確認できるまで、お知らせのメールは送信しません。パスワード再登録のご案内は、1日に1通だけ送信します。再登録の完了か、メールアドレスの変更で確認できます。',
);

export interface MailAdvice {
  trouble: MailTrouble;
  sentence: Sentence;
  /** The same for somebody who does not have an account yet. */
  beforeRegistration: Sentence;
  /** Nothing is sent there but what proves the mailbox. */
  isSuppressed: boolean;
}

interface Row {
  trouble: MailTrouble | null;
  isSuppressed: boolean;
}

const TROUBLE = {
  name: 'mail-trouble',
  text: 'select mail_advice($1) as trouble, is_mail_suppressed($1) as "isSuppressed"',
};

/** What keeps mail from an address, and what helps. */
@Injectable()
export class MailAdvices {
  constructor(
    private readonly config: Config,
    private readonly pool: Pool,
  ) {}

  /** Null when mail arrives, as far as anybody knows. */
  async of(email: string): Promise<MailAdvice | null> {
    const { rows } = await this.pool.query<Row>({ ...TROUBLE, values: [email] });
    const { trouble, isSuppressed } = rows[0]!;
    if (!trouble) return null;
    const { mailDomain: domain } = this.config;
    const of = (advice: Sentence) => ({ ...advice, values: { ...advice.values, domain } });
    const sentence = of(ADVICE[trouble]);
    const beforeRegistration = of(BEFORE_REGISTRATION[trouble] ?? ADVICE[trouble]);
    return { trouble, sentence, beforeRegistration, isSuppressed };
  }
}
