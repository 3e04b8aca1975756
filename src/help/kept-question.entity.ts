import { defineEntity, p } from '@mikro-orm/postgresql';

export const KeptQuestionSchema = defineEntity({
  name: 'KeptQuestion',
  tableName: 'kept_questions',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** The /24 or /48 that it came from. */
    site: p.text(),
    sealedQuestion: p.blob(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** A stranger's question that waits to be mailed to the desk together with others. */
export class KeptQuestion extends KeptQuestionSchema.class {}

KeptQuestionSchema.setClass(KeptQuestion);
