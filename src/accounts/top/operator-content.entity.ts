import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ContentEntries, ContentKind } from '../../operator-content.js';

export const OperatorContentSchema = defineEntity({
  name: 'OperatorContent',
  tableName: 'operator_contents',
  properties: {
    kind: p.enum(['applications', 'notices'] as const).primary(),
    /** In their order on the page, as the files have them; JSON's null: the file counts again. */
    entries: p.json().$type<ContentEntries[ContentKind][] | null>(),
    /** Counts the changes, so that no form overwrites a newer one. */
    version: p.integer(),
    /** A name of the desk. */
    changedBy: p.text(),
    changedAt: p.datetime().defaultRaw('genkan_now()'),
  },
});

/** All tiles, or all notices, of the TOP page as the desk edits them; without a row the file counts. */
export class OperatorContent extends OperatorContentSchema.class {}

OperatorContentSchema.setClass(OperatorContent);
