import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import type { RunsLeft } from '../../../mail/mail-runs.js';
import { AdministratorsOnly } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { UNREAD_FILE, unreadFileSentence } from '../../../web/csv/unread-file.js';
import { FormReading, type FormBody, type Problem } from '../../../web/forms/forms.js';
import { correctable } from '../../../web/forms/correctable.js';
import { say } from '../../../web/sentence.js';
import { INVITATION_IMPORT } from './invitation-import-path.js';
import { InvitationImports } from './invitation-imports.js';
import { importView } from './import-page.js';
import { MOST_INVITED, type WrongLine } from './read-invitations.js';

/** The first lines of a file, in the language of the page. */
const SAMPLE = say(
  '氏名,フリガナ,部署,電話番号,メールアドレス,権限\n鈴木 一郎,スズキ イチロウ,総務部,03-1234-5678,suzuki@example.co.jp,担当者\n佐藤 花子,サトウ ハナコ,,,sato@example.co.jp,管理者',
);

/** So many wrong lines say what is wrong with a file; the rest comes with the next try. */
const MOST_SHOWN = 100;

/** まとめて招待: a file or pasted lines are checked, and nobody is invited yet. */
@Controller(INVITATION_IMPORT)
@AdministratorsOnly()
export class ImportController {
  constructor(private readonly imports: InvitationImports) {}

  /** @param id of a list that was read before, in place of which another one is chosen */
  @Get()
  async show(@Query('flow') id: unknown, @Me() person: SignedIn): Promise<Answer> {
    const run = id === undefined ? undefined : await this.imports.find(id, person);
    const { people, pasted = '', fileName = '' } = run?.entries ?? {};
    const former = people === undefined ? '' : fileName;
    const runs = await this.imports.runsLeft(person);
    return importPage(new FormReading({ people: correctable(pasted) }), { runs, former });
  }

  @Post()
  async check(
    @Body() { people = '', fileName = '', [UNREAD_FILE]: why }: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const runs = await this.imports.runsLeft(person);
    const again = { people: correctable(people) };
    const isLeftOut = again.people !== people;
    const sentence = unreadFileSentence(why);
    if (sentence)
      return importPage(new FormReading(again, { name: 'file', sentence }), { runs, isLeftOut });
    const checked = await this.imports.check({ people, fileName }, person);
    if (checked.ok) return seeOther(`${INVITATION_IMPORT}/confirmation?flow=${checked.run.id}`);
    const { wrong } = checked;
    const form = new FormReading(again, problemOf(wrong, fileName));
    return importPage(form, { runs, wrong, fileName, isLeftOut });
  }
}

/** One sentence above the form, at what was used: the lines have a table of their own. */
function problemOf(wrong: WrongLine[], fileName: string): Problem {
  const name = fileName === '' ? 'people' : 'file';
  const [first] = wrong;
  if (wrong.length === 1 && first?.line === 0)
    return { name, sentence: first.problems[0]!.sentence };
  const sentence = say('{count}行に修正が必要です。まだ、どなたにも招待をお送りしていません。', {
    count: new Set(wrong.map(({ line }) => line)).size,
  });
  return { name, sentence };
}

interface Shown {
  runs: RunsLeft;
  wrong?: WrongLine[];
  /** Of the file whose text the form shows. */
  fileName?: string;
  /** Of the file that was chosen before. */
  former?: string;
  /** The text is too long to be corrected here. */
  isLeftOut?: boolean;
}

function importPage(
  form: FormReading,
  { runs, wrong = [], fileName = '', former = '', isLeftOut = false }: Shown,
): Answer {
  const lines = wrong.filter(({ line }) => line > 0).toSorted((a, b) => a.line - b.line);
  const model = {
    form,
    ...importView('file', runs),
    wrong: lines.slice(0, MOST_SHOWN),
    more: Math.max(0, lines.length - MOST_SHOWN),
    fileName,
    former,
    isLeftOut,
    sample: SAMPLE,
    most: MOST_INVITED,
  };
  return page('accounts/invitations/import', say('まとめて招待'), model);
}
