import { defineEntity, p } from '@mikro-orm/postgresql';

export const DemoMailSchema = defineEntity({
  name: 'DemoMail',
  tableName: 'demo_mails',
  properties: {
    id: p.integer().primary().autoincrement().generated('identity'),
    messageId: p.text().unique(),
    sender: p.text(),
    recipient: p.text(),
    subject: p.text(),
    bodyText: p.text(),
    bodyHtml: p.text(),
    receivedAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

export class DemoMail extends DemoMailSchema.class {}

DemoMailSchema.setClass(DemoMail);
