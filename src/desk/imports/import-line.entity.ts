import { defineEntity, p } from '@mikro-orm/postgresql';
import { DeskImport } from './desk-import.entity.js';
import type { ImportLineContent } from './import-lines.js';

export const ImportLineSchema = defineEntity({
  name: 'ImportLine',
  tableName: 'desk_import_lines',
  properties: {
    run: () => p.manyToOne(DeskImport).primary().deleteRule('cascade'),
    place: p.integer().primary(),
    content: p.json().$type<ImportLineContent>(),
  },
});

/** One line of an import's report: a company that is new or changes, or a refused line of the file. */
export class ImportLine extends ImportLineSchema.class {}

ImportLineSchema.setClass(ImportLine);
