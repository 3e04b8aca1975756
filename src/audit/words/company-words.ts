import { say } from '../../web/sentence.js';
import type { ActWords } from './topics.js';

/** The acts about a company: who administers it, from where it may be used, its contract. */
export const COMPANY_WORDS = {
  'numbers-proof': {
    topic: 'administrators',
    done: say('法人番号とお振込先口座番号を入力し、確認できました'),
    tried: say('法人番号とお振込先口座番号を入力しました'),
  },
  'initial-registration': {
    topic: 'administrators',
    done: say('管理者の新規登録をお申し込みになりました'),
    tried: say('管理者の新規登録を申し込もうとしました'),
  },
  'registration-withdrawal': {
    topic: 'administrators',
    done: say('管理者の新規登録のお申し込みを取り消しました'),
    tried: say('管理者の新規登録のお申し込みを取り消そうとしました'),
  },
  'succession-application': {
    topic: 'administrators',
    done: say('管理者の追加登録をお申し込みになりました'),
    tried: say('管理者の追加登録を申し込もうとしました'),
  },
  'succession-withdrawal': {
    topic: 'administrators',
    done: say('管理者の追加登録のお申し込みを取り消しました'),
    tried: say('管理者の追加登録のお申し込みを取り消そうとしました'),
  },
  activation: {
    topic: 'administrators',
    done: say('届いたメールのURLを開き、登録を完了しました'),
    tried: say('届いたメールのURLを開き、登録を完了しようとしました'),
  },
  'activation-mail': {
    topic: 'administrators',
    done: say('登録のご案内のメールの再送を求めました'),
    tried: say('登録のご案内のメールの再送を求めようとしました'),
  },
  approval: {
    topic: 'administrators',
    done: say('管理者の追加登録を承認しました'),
    tried: say('管理者の追加登録を承認しようとしました'),
  },
  objection: {
    topic: 'administrators',
    done: say('管理者の登録に異議を申し立てました'),
    tried: say('管理者の登録に異議を申し立てようとしました'),
  },
  'newcomer-statement': {
    topic: 'administrators',
    done: say('管理者の登録の事情を、担当窓口に説明しました'),
    tried: say('管理者の登録の事情を、担当窓口に説明しようとしました'),
  },
  'witness-statement': {
    topic: 'administrators',
    done: say('管理者の登録への異議について、担当窓口に説明しました'),
    tried: say('管理者の登録への異議について、担当窓口に説明しようとしました'),
  },
  'case-decision': {
    topic: 'administrators',
    done: say('管理者の登録を却下すると決定しました'),
    tried: say('管理者の登録について決定しようとしました'),
  },
  appointment: {
    topic: 'administrators',
    done: say('管理者となる方を指名しました'),
    tried: say('管理者となる方を指名しようとしました'),
  },
  'appointment-confirmation': {
    topic: 'administrators',
    done: say('管理者となる方の指名を、2人目として確認しました'),
    tried: say('管理者となる方の指名を確認しようとしました'),
  },
  'review-decision': {
    topic: 'administrators',
    done: say('管理者の登録のお申し込みを審査し、却下しました'),
    tried: say('管理者の登録のお申し込みを審査しようとしました'),
  },
  'ip-request': {
    topic: 'ip',
    done: say('利用中のIPアドレスの許可を依頼しました'),
    tried: say('利用中のIPアドレスの許可を依頼しようとしました'),
  },
  'ip-request-approval': {
    topic: 'ip',
    done: say('{subject}からの依頼を承認し、IPアドレスを許可しました'),
    tried: say('{subject}からの依頼を承認しようとしました'),
  },
  'ip-request-refusal': {
    topic: 'ip',
    done: say('{subject}からの、IPアドレスの許可の依頼を見送りました'),
    tried: say('{subject}からの、IPアドレスの許可の依頼を見送ろうとしました'),
  },
  'ip-refusal': {
    topic: 'ip',
    done: say('試行中の設定にないIPアドレスからの利用を止められました'),
    tried: say('試行中の設定にないIPアドレスから利用しようとしました'),
  },
  'ip-emergency': {
    topic: 'ip',
    done: say('緊急用チケットで、IPアドレス制限のページを開きました'),
    tried: say('緊急用チケットで、IPアドレス制限のページを開こうとしました'),
  },
  'ip-tickets': {
    topic: 'ip',
    done: say('緊急用チケットを発行しました'),
    tried: say('緊急用チケットを発行しようとしました'),
  },
  'ip-suspension': {
    topic: 'ip',
    done: say('IPアドレス制限を一時停止しました'),
    tried: say('IPアドレス制限を一時停止しようとしました'),
  },
  'ip-resumption': {
    topic: 'ip',
    done: say('IPアドレス制限の一時停止を終えました'),
    tried: say('IPアドレス制限の一時停止を終えようとしました'),
  },
  'ip-restriction-trial': {
    topic: 'ip',
    done: say('IPアドレス制限の試行を始めました'),
    tried: say('IPアドレス制限の試行を始めようとしました'),
  },
  'ip-restriction-change': {
    topic: 'ip',
    done: say('IPアドレス制限の設定を、試行せずに変更しました'),
    tried: say('IPアドレス制限の設定を、試行せずに変更しようとしました'),
  },
  'ip-restriction-confirmation': {
    topic: 'ip',
    done: say('試行中のIPアドレス制限を確定しました'),
    tried: say('試行中のIPアドレス制限を確定しようとしました'),
  },
  'ip-restriction-ending': {
    topic: 'ip',
    done: say('IPアドレス制限の試行を終え、前の設定に戻しました'),
    tried: say('IPアドレス制限の試行を終えようとしました'),
  },
  'corporation-closing': {
    topic: 'contract',
    done: say('ご契約の終了に伴い、ログインできないようにしました'),
    tried: say('ご契約の終了を登録しようとしました'),
  },
  'corporation-opening': {
    topic: 'contract',
    done: say('ご契約の再開に伴い、ログインできるようにしました'),
    tried: say('ご契約の再開を登録しようとしました'),
  },
  'mail-delivery': {
    topic: 'mail',
    done: say('{subject}にメールを届けました'),
    tried: say('{subject}にメールを届けようとしました'),
  },
} satisfies Record<string, ActWords>;
