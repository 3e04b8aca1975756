import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { page, seeOther, type Answer, type Page } from '../../web/answers.js';
import { UNREAD_FILE, unreadFileSentence } from '../../web/csv/unread-file.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { correctable } from '../../web/forms/correctable.js';
import { ListOf, RowsOf, TakesLists } from '../../web/forms/repeated-fields.js';
import { notice } from '../../web/notices.js';
import { Pages } from '../../web/pages/pages.js';
import { say, type Sentence } from '../../web/sentence.js';
import { endDateOf } from '../lists/end-date.js';
import { IpLists } from '../lists/ip-lists.js';
import { entryView, pageOf, pagination } from '../lists/list-views.js';
import { admits } from '../networks/matcher.js';
import { stepperOf } from '../lists/steps.js';
import { DraftEdits } from './draft-edits.js';
import { IP_DRAFT, IP_DRAFT_CHECK } from './draft-path.js';
import { IP_DRAFT_EDITED, remarksOn } from './edit-remarks.js';
import { IpDrafts } from './ip-drafts.js';
import { isFilled, isListed, isPasted, nameOf, rowViews, typedRows } from './typed-rows.js';

const IP_DRAFT_UNCHANGED = notice.info(say('変更されたところはありません。'));
const IP_DRAFT_DISCARDED = notice.success(say('下書きを破棄しました。'));

const MEANWHILE = say(
  'ページを開いたあとに、ほかの管理者の方が編集しました。最新の内容をご確認のうえ、もう一度操作してください。',
);
const GONE_MEANWHILE = say(
  'ページを開いたあとに、変更しようとした行を、ほかの管理者の方が変更または削除しました。入力した内容は残っています。新しい行として加える場合は、「下書きに追加」を押してください。',
);
const GONE = notice.warning(
  say(
    '変更しようとした行は、下書きにありません。ほかの方が先に変更または削除した可能性があります。最新の内容をご確認ください。',
  ),
);

/** Each entry is a checkbox, and a form may have 200 fields. */
const ENTRIES_ON_A_PAGE = 100;

interface Shown {
  form: FormReading;
  /** Networks that were probably meant, by the field with the typed text. */
  offers?: Record<string, string>;
  number?: unknown;
  /** The network of the line that is changed. */
  changed?: string | undefined;
  /** The line that was to be changed is not there. */
  isGone?: boolean;
  /** The pasted text is too long to be corrected here. */
  isLeftOut?: boolean;
  status?: number;
}

/** IPアドレス制限の編集: the draft; the list in force stays as it is. */
@Controller(IP_DRAFT)
@AdministratorsOnly()
@IpPages()
export class DraftController {
  constructor(
    private readonly drafts: IpDrafts,
    private readonly lists: IpLists,
    private readonly edits: DraftEdits,
    private readonly pages: Pages,
  ) {}

  /** @param network the entry to put into the form, to change it */
  @Get()
  async show(
    @Query('network') network: unknown,
    @Query('page') number: unknown,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const { entries } = await this.drafts.find(person.corporationId);
    const entry = entries.find((one) => one.network === network);
    const row = entry && { ...entry, endsAt: endDateOf(entry.endsAt) };
    const form = new FormReading(row ? typedRows([row]) : {});
    const isGone = network !== undefined && !entry;
    return this.#page(person, { form, number, changed: row?.network, isGone });
  }

  /** @param body.act also `check`, which goes on and takes along what was typed before */
  @Post()
  @TakesLists('entries', 'network')
  async edit(
    @Body() { act, edition, changed, pasted = '', [UNREAD_FILE]: why }: FormBody,
    @RowsOf('entries') rows: FormBody[],
    @ListOf('network') networks: string[],
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const isNew = isPasted(pasted) || !(await this.#areListed(rows, changed, person));
    if (act === 'check' && !isNew) return seeOther(IP_DRAFT_CHECK);
    if (act === 'add' && changed && !isNew) return seeOther(IP_DRAFT, IP_DRAFT_UNCHANGED);
    const typed = { ...typedRows(rows), pasted: correctable(pasted) };
    const isLeftOut = typed.pasted !== pasted;
    const again = (shown: Shown) => this.#page(person, { ...shown, changed, isLeftOut });
    const sentence = unreadFileSentence(why);
    if (sentence)
      return again({ form: new FormReading(typed, { name: 'file', sentence }), status: 422 });
    const read = await this.edits.read({ act, changed, rows, pasted, networks }, person);
    if (!read.ok)
      return again({
        offers: read.offers,
        form: new FormReading(typed, ...read.problems),
        status: 422,
      });
    const edited = await this.drafts.edit(person, Number(edition), read.change);
    if (edited.ok && act === 'discard') return seeOther('/ip-restriction', IP_DRAFT_DISCARDED);
    if (edited.ok) return seeOther(act === 'check' ? IP_DRAFT_CHECK : IP_DRAFT, IP_DRAFT_EDITED);
    const isLate = edited.reason === 'edited-meanwhile';
    const problem = isLate
      ? { name: '', sentence: await this.#whyLate(changed, person) }
      : { name: changed ? nameOf(0, 'network') : '', sentence: edited.sentence };
    return again({ form: new FormReading(typed, problem), status: isLate ? 409 : 422 });
  }

  async #whyLate(changed: string | undefined, { corporationId }: SignedIn): Promise<Sentence> {
    const { entries } = await this.drafts.find(corporationId);
    const isGone = changed && !entries.some(({ network }) => network === changed);
    return isGone ? GONE_MEANWHILE : MEANWHILE;
  }

  /** Whether nothing is in them that the draft has not, or the line that is changed. */
  async #areListed(
    rows: FormBody[],
    changed: string | undefined,
    { corporationId }: SignedIn,
  ): Promise<boolean> {
    const filled = rows.filter(isFilled);
    if (filled.length === 0) return changed === undefined;
    const { entries } = await this.drafts.find(corporationId);
    const listed = changed ? entries.filter(({ network }) => network === changed) : entries;
    return filled.every((row) => isListed(row, listed));
  }

  async #page({ corporationId, visit }: SignedIn, shown: Shown): Promise<Page> {
    const { address } = visit;
    const { offers = {}, changed, isLeftOut = false, status = 200 } = shown;
    const form = shown.form.filledWith(visit.kept ?? {});
    const draft = await this.drafts.find(corporationId);
    const { entries, edition, editedAt, editedByName: name } = draft;
    const own = this.edits.ownNetwork(visit);
    const count = entries.length;
    const here = pageOf(shown.number, ENTRIES_ON_A_PAGE, count);
    const from = here * ENTRIES_ON_A_PAGE;
    const model = {
      ...stepperOf('draft'),
      form,
      edition,
      edited: edition > 0 ? { name, time: editedAt } : null,
      isOnTrial: (await this.lists.onTrial(corporationId)) !== undefined,
      told: remarksOn(draft, this.pages, visit),
      address,
      ownEntry: admits(entries, address) ?? null,
      ownNetwork: own.ok ? own.networks[0] : null,
      entries: entries.slice(from, from + ENTRIES_ON_A_PAGE).map((entry) => ({
        ...entryView(entry),
        key: encodeURIComponent(entry.network),
      })),
      count,
      pages: pagination(here, ENTRIES_ON_A_PAGE, count, '/ip-restriction/draft?page='),
      rows: rowViews(form, offers),
      offered: Object.values(offers).join('、'),
      changed: entries.find(({ network }) => network === changed) ?? null,
      isLeftOut,
      isPasting:
        Boolean(form.values.pasted) ||
        form.problems.some(({ name }) => name === 'pasted' || name === 'file'),
    };
    return page('ip-restriction/draft', say('IPアドレス制限の編集'), model, {
      status,
      ...(shown.isGone && { notice: GONE }),
    });
  }
}
