import { createHash } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { Seal } from '../../seal.js';
import type { FileSource } from '../../web/csv/csv-stream.js';
import type { DeskImport } from './desk-import.entity.js';
import { ImportPiece } from './import-piece.entity.js';

const PIECE = 64 * 1024;

/** Files between their upload and their import: sealed, in pieces that are read one by one. */
@Injectable()
export class ImportFiles {
  readonly #seal: Seal;

  constructor(
    private readonly em: EntityManager,
    config: Config,
  ) {
    this.#seal = new Seal(config.keysFor('desk-imports'));
  }

  /** In the caller's transaction. */
  async keep(run: string, bytes: Uint8Array): Promise<void> {
    for (let from = 0, place = 0; from < bytes.length; from += PIECE, place += 1) {
      const sealedBytes = this.#seal.sealBytes(bytes.subarray(from, from + PIECE));
      await this.em.insert(ImportPiece, { run, place, sealedBytes });
    }
  }

  /** @throws while it is read, when it is not the whole file with the digest that was shown */
  sourceOf({ id, digest }: Pick<DeskImport, 'id' | 'digest'>): FileSource {
    return async function* (this: ImportFiles) {
      const hash = createHash('sha256');
      for (let place = 0; ; place += 1) {
        const piece = await this.em.findOne(
          ImportPiece,
          { run: id, place },
          { disableIdentityMap: true },
        );
        if (!piece) break;
        const bytes = this.#seal.openBytes(piece.sealedBytes as Buffer);
        hash.update(bytes);
        yield bytes;
      }
      if (hash.digest('hex') !== digest) throw new Error('The file of the import is not whole');
    }.bind(this);
  }

  async forget(run: string): Promise<void> {
    await this.em.nativeDelete(ImportPiece, { run });
  }
}
