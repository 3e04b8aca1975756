import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from './corporation.entity.js';

export const InvoiceSchema = defineEntity({
  name: 'Invoice',
  tableName: 'invoices',
  properties: {
    corporation: () => p.manyToOne(Corporation).primary().deleteRule('cascade'),
    /** A day. Invoices of the same amount are told apart by it. */
    issuedOn: p.date().primary(),
    /** Of the invoice number, or of the amount where the invoice carries none. */
    digest: p.blob().primary(),
    /** The fingerprint of the key that made the digest. */
    secretKey: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** One of the last two invoices of a company: a keyed digest to compare, and nothing to read. */
export class Invoice extends InvoiceSchema.class {}

InvoiceSchema.setClass(Invoice);
