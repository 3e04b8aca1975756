import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { page, type Answer } from '../../../web/answers.js';
import { csvBytes, csvMoment, csvType, readEncoding } from '../../../web/csv/csv-bytes.js';
import { Download, GivesFile } from '../../../web/downloads.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { translate, type Language } from '../../../web/texts.js';
import {
  SignInHistory,
  type SignInEnd,
  type SignInOfHistory,
} from '../../sign-ins/sign-in-history.js';

const COLUMNS = [say('日時'), say('成否'), say('結果'), say('接続元'), say('端末')];
const ENDS: Record<SignInEnd, Sentence> = {
  done: say('成功'),
  half: say('途中'),
  failed: say('失敗'),
};

/** ログイン履歴: the own sign-ins, on a page and as a file. */
@Controller('me/sign-ins')
export class SignInsController {
  constructor(private readonly history: SignInHistory) {}

  @Get()
  async show(@Query('before') before: unknown, @Me() { accountId }: SignedIn): Promise<Answer> {
    const shown = await this.history.page(accountId, before, '/me/sign-ins');
    return page('own/sign-ins', 'ログイン履歴', shown);
  }

  /** All of 90 days, the last one first. */
  @Get('export')
  @GivesFile()
  export(@Query('encoding') wanted: unknown, @Me() { accountId, visit }: SignedIn): Download {
    const encoding = readEncoding(wanted);
    const lines = linesOf(this.history.all(accountId), visit.language);
    return new Download(csvBytes(lines, encoding), csvType(encoding), 'sign-ins.csv');
  }
}

async function* linesOf(
  signIns: AsyncIterable<SignInOfHistory>,
  language: Language,
): AsyncGenerator<string[]> {
  yield COLUMNS.map((column) => translate(column, language));
  for await (const { time, end, result, address, browser } of signIns) {
    const words = [ENDS[end], result].map((word) => translate(word, language));
    yield [csvMoment(time), ...words, address, translate(browser, language)];
  }
}
