import { createReadStream } from 'node:fs';
import { MasterDataImport } from '../corporations/master-data-import.js';
import { problemLines, reportLines } from '../corporations/master-data-report.js';
import { say } from '../web/sentence.js';
import { done, refused, type CommandResult } from './command-result.js';
import { faultOf } from './readable-file.js';
import { withApp } from './with-app.js';

/** `genkan import-corporations`: the master data of a file, all of it or nothing. */
export async function importCorporations(
  environment: Record<string, string | undefined>,
  file: string,
  dryRun: boolean,
): Promise<CommandResult> {
  const fault = await faultOf(file);
  if (fault)
    return refused(say('{file} を読めません（{code}）。', { file, code: fault.code ?? '-' }));
  return withApp(environment, async (app) => {
    const imported = await app.get(MasterDataImport).run(() => createReadStream(file), { dryRun });
    return imported.ok
      ? done(...reportLines(imported.report))
      : refused(...problemLines(imported.problems), say('何も変更していません。'));
  });
}
