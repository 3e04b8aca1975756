import { SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

const GIVES_FILE = 'gives-file';

/** So large is a piece: each costs a write, and a turn among all that is heavy. */
const PIECE_BYTES = 64 * 1024;

/** Marks a handler that answers with a `Download`: whoever has too many of them meets a refusal first. */
export const GivesFile = () => SetMetadata(GIVES_FILE, true);

export function givesFile(reflector: Reflector, context: ExecutionContext): boolean {
  return reflector.get<boolean | undefined>(GIVES_FILE, context.getHandler()) ?? false;
}

/** A file that is made while it is read, piece by piece, in the heavy turns of whoever asked for it. */
export class Download {
  readonly pieces: AsyncGenerator<Buffer>;

  constructor(
    lines: AsyncIterable<Buffer>,
    readonly type: string,
    readonly name: string,
  ) {
    this.pieces = inPieces(lines);
  }
}

async function* inPieces(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let bytes = 0;
  for await (const line of lines) {
    gathered.push(line);
    bytes += line.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(gathered);
    [gathered, bytes] = [[], 0];
  }
  yield Buffer.concat(gathered);
}
