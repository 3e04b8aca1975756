import { open } from 'node:fs/promises';

/** Why a file cannot be read, if so. */
export async function faultOf(file: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    const opened = await open(file);
    await opened.read({ buffer: Buffer.alloc(1) }).finally(() => opened.close());
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}
