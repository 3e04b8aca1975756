import { defineEntity, p } from '@mikro-orm/postgresql';

export const FormSubmissionSchema = defineEntity({
  name: 'FormSubmission',
  tableName: 'form_submissions',
  indexes: [{ name: 'form_submissions_by_site', properties: ['site', 'createdAt'] }],
  properties: {
    id: p.uuid().primary(),
    entriesDigest: p.blob().primary(),
    location: p.text().nullable(),
    notice: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    /** The /24 or /48 that it came from. */
    site: p.text().default(''),
  },
});

/** A form that was sent, and the location and notice that its answer led to. */
export class FormSubmission extends FormSubmissionSchema.class {}

FormSubmissionSchema.setClass(FormSubmission);
