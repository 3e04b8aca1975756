import { defineEntity, p } from '@mikro-orm/postgresql';

export const FormSubmissionSchema = defineEntity({
  name: 'FormSubmission',
  tableName: 'form_submissions',
  indexes: [{ name: 'form_submissions_by_site', properties: ['site', 'createdAt'] }],
  properties: {
    id: p.uuid().primary(),
    entriesDigest: p.blob().primary(),
    location: p.text().nullable(),
    /** And behind a blank the cookies of the answer, sealed. */
    notice: p.text().nullable(),
    /** How often the form came again since from that visit, with whichever entries. */
    asked: p.integer().default(0),
    /** Of the visit that the notice and the cookies are for (`AnswerCookies`). */
    visitMark: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    /** The /24 or /48 that it came from. */
    site: p.text().default(''),
    /** The request that works on it; null when that ended without an answer. */
    holder: p.uuid().nullable(),
    /** Written by the transaction that did what the form asks for. */
    actedAt: p.datetime().nullable(),
  },
});

/** A form that was sent, whether it was done, and the location and notice that its answer led to. */
export class FormSubmission extends FormSubmissionSchema.class {}

FormSubmissionSchema.setClass(FormSubmission);
