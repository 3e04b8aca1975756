import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { MailAdvices, type MailTrouble } from '../../mail/mail-advice.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { WaitingNewcomer } from './activation-mails.js';

const ADVICE: Record<MailTrouble, Sentence> = {
  full: say(
    'メールボックスがいっぱいです。不要なメールを削除してから、「メールを再送する」を押してください。',
  ),
  carrier: say(
    '携帯電話会社が受け取りませんでした。「ドメイン指定受信」などで {domain} を許可してから、「メールを再送する」を押してください。',
  ),
  gateway: say(
    '迷惑メール対策などで受信を拒否されました。メールのご担当者に、{domain} からのメールの許可をご依頼のうえ、「メールを再送する」を押してください。',
  ),
  unknown: say('宛先が見つかりませんでした。'),
  other: say('受信設定をご確認のうえ、「メールを再送する」を押してください。'),
};

/** What an applicant whose mail came back has to know, after the right password. */
@Injectable()
export class ReturnedActivations {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly advices: MailAdvices,
  ) {}

  /** Null unless the newest mail came back. `door`: to apply anew; null for somebody whom the desk named. */
  async of({ account, enrollment }: WaitingNewcomer) {
    const newest = { orderBy: { createdAt: 'desc' } } as const;
    const mail = await this.em.findOne(MailDelivery, { account: account.id }, newest);
    if (mail?.state !== 'bounced') return null;
    const trouble = (await this.advices.of(mail.recipient))?.trouble ?? 'other';
    const advice = { ...ADVICE[trouble], values: { domain: this.config.mailDomain } };
    const isUnknown = trouble === 'unknown';
    const door = enrollment && DOORS[enrollment.kind];
    return { email: maskedEmail(mail.recipient), at: mail.createdAt, advice, isUnknown, door };
  }
}

const DOORS = { initial: '/initiate', succession: '/admin-enrollment' };
