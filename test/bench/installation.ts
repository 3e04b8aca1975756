import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '../../src/database/embedded.ts';

/** The environment of an installation whose database the demo filled. */
export async function installationIn(folder: string, database: EmbeddedPostgres) {
  return {
    DATABASE_URL: await database.start(),
    PUBLIC_URL: 'https://genkan.example',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'noreply@genkan.example',
    OPERATOR_NAME: 'げんかん不動産株式会社',
    DESK_MAIL: 'desk@genkan.example',
    DESK_PHONE: '03-0000-0000',
    // The database knows the key of the demo, which filled it.
    SECRET_KEY: (await readFile(join(folder, 'secret.key'), 'utf8')).trim(),
  };
}
