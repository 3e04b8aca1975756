import { defineEntity, p } from '@mikro-orm/postgresql';
import { DeskImport } from './desk-import.entity.js';

export const ImportPieceSchema = defineEntity({
  name: 'ImportPiece',
  tableName: 'desk_import_pieces',
  properties: {
    run: () => p.manyToOne(DeskImport).primary().deleteRule('cascade'),
    place: p.integer().primary(),
    sealedBytes: p.blob(),
  },
});

/** A part of a file that waits to be imported. */
export class ImportPiece extends ImportPieceSchema.class {}

ImportPieceSchema.setClass(ImportPiece);
