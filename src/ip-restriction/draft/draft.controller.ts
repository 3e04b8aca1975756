import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { newForm, refusedForm, type FormBody } from '../../web/forms.js';
import { notice } from '../../web/notices.js';
import { ListOf, RowsOf, TakesLists } from '../../web/repeated-fields.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { DraftEditor, type DraftEdit } from './draft-editor.js';
import { DraftPages } from './draft-page.js';
import { typedRows } from './draft-rows.js';
import { endDateOf } from './end-date.js';
import { IpDrafts } from './ip-drafts.js';

const IP_DRAFT_EDITED = notice(
  'ip-draft-edited',
  'success',
  '下書きを保存しました。まだ反映されていません。',
);
const IP_DRAFT_DISCARDED = notice('ip-draft-discarded', 'success', '下書きを破棄しました。');

const MEANWHILE = say(
  '画面を開いたあとに、ほかの管理者の方が編集しました。最新の内容を表示していますので、ご確認のうえ、もう一度操作してください。',
);

/** Editing the draft; the list in force stays as it is. */
@Controller('ip-restriction/draft')
@AdministratorsOnly()
@IpPages()
export class DraftController {
  constructor(
    private readonly drafts: IpDrafts,
    private readonly editor: DraftEditor,
    private readonly pages: DraftPages,
  ) {}

  /** @param network the entry to put into the form, to change its label or end */
  @Get()
  async show(
    @Query('network') network: unknown,
    @Query('page') number: unknown,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const draft = await this.drafts.find(person.corporationId);
    const entry = draft.entries.find((one) => one.network === network);
    const row = entry && { ...entry, endsAt: endDateOf(entry.endsAt) };
    const form = newForm(row ? typedRows([row]) : {});
    return this.pages.of(draft, visit, { form, number, isChange: row !== undefined });
  }

  @Post()
  @TakesLists('entries', 'network')
  async edit(
    @Body() body: FormBody,
    @RowsOf('entries') rows: FormBody[],
    @ListOf('network') networks: string[],
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const edited = await this.#edit(person, body, rows, networks, visit);
    if (edited.ok && body.act === 'discard') return seeOther('/ip-restriction', IP_DRAFT_DISCARDED);
    if (edited.ok) return seeOther('/ip-restriction/draft', IP_DRAFT_EDITED);
    const draft = await this.drafts.find(person.corporationId);
    const typed = { ...typedRows(rows), pasted: body.pasted ?? '' };
    if (edited.reason === 'refused') {
      const form = refusedForm({ ...typed, ...edited.form.values }, ...edited.form.problems);
      return this.pages.of(draft, visit, { form, offers: edited.offers, status: 422 });
    }
    const form = refusedForm(typed, { name: '', sentence: MEANWHILE });
    return this.pages.of(draft, visit, { form, status: 409 });
  }

  async #edit(
    person: SignedIn,
    body: FormBody,
    rows: FormBody[],
    networks: string[],
    visit: Visit,
  ): Promise<DraftEdit> {
    const edition = Number(body.edition);
    switch (body.act) {
      case 'own':
        return this.editor.addOwn(person, edition, visit);
      case 'paste':
        return this.editor.paste(person, edition, body.pasted ?? '', visit);
      case 'remove':
        return this.editor.remove(person, edition, networks);
      case 'discard':
        return this.editor.discard(person, edition);
      default:
        return this.editor.add(person, edition, rows, visit, body.act === 'accept');
    }
  }
}
