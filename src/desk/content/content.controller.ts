import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Config } from '../../config.js';
import { entryMark, type ContentEntries, type ContentKind } from '../../operator-content.js';
import { DeskFactorForPage, DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, readingOf, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import type { ContentPart } from './content-kinds.js';
import {
  entryModel,
  listModel,
  conflictAt,
  moved,
  numberIn,
  placeNow,
  type ShownEntry,
} from './content-views.js';
import { OperatorContents, type ContentChange } from './operator-contents.js';
import { OwnPages } from './own-pages.js';
import { PartOf, SentPart } from './part-of.js';

const DONE = {
  added: notice.success(
    say('「{name}」を追加しました。お客様のページには、1分以内に反映されます。'),
  ),
  changed: notice.success(
    say('「{name}」を変更しました。お客様のページには、1分以内に反映されます。'),
  ),
  ended: notice.success(say('「{name}」の掲載を終了しました。')),
  moved: notice.success(say('「{name}」の順番を変更しました。')),
};
const OF_FILE = notice.success(say('設定ファイルの内容に戻しました。'));
const NOT_ARRANGED = notice.warning(
  say('このページを表示したあとに、ほかの方が変更しました。現在の内容をご確認ください。'),
);
const STEPS: Record<string, number> = { up: -1, down: 1 };

type Entry = ContentEntries[ContentKind];

/**
 * お知らせ and ご利用のサービス of everybody's TOP page; the path says which. Whoever changes one sends
 * all customers somewhere, so the factor is given in the act itself; their order leads nowhere else.
 */
@Controller(['desk/notices', 'desk/applications'])
@DeskPage('lead')
export class ContentController {
  constructor(
    private readonly contents: OperatorContents,
    private readonly config: Config,
    private readonly ownPages: OwnPages,
  ) {}

  /** @param as the role whose page is shown */
  @Get()
  async show(
    @PartOf() part: ContentPart,
    @Query('as') as: unknown,
    @CurrentOperator() { session: { now }, visit: { language } }: SignedInOperator,
  ): Promise<Answer> {
    const role = as === 'staff' ? 'staff' : 'administrator';
    const state = await this.contents.of(part.kind);
    const hasFile = this.#fileOf(part) !== undefined;
    const model = listModel(part, state, hasFile, { role, language, now });
    return page('desk/content', part.title, model);
  }

  /** `act`: `up` or `down` for one entry, `file` for all of them. */
  @Post()
  @DeskFactorForPage('up', 'down')
  async arrange(
    @PartOf() part: ContentPart,
    @Body() { act = '', place = '', version: counted = '' }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const version = numberIn(counted);
    if (act === 'file' && this.#fileOf(part)) {
      const isReturned = await this.contents.returnToFile(part.kind, version, me);
      return seeOther(part.path, isReturned ? OF_FILE : NOT_ARRANGED);
    }
    const { entries } = await this.contents.of(part.kind);
    const step = STEPS[act];
    const entry = entries[numberIn(place)];
    if (step === undefined) throw new NotFoundException();
    if (entry === undefined) return seeOther(part.path, NOT_ARRANGED);
    const next = moved(entries, numberIn(place), step) ?? entries;
    return this.#save(part, version, next, me, { entry, change: 'moved' });
  }

  @Get('new')
  @FreshDeskFactor()
  blank(
    @PartOf() part: ContentPart,
    @CurrentOperator() { session: { now } }: SignedInOperator,
  ): Answer {
    const model = entryModel(part, new FormReading(part.blank), { was: '', now });
    return page(part.template, part.newTitle, model);
  }

  @Post('new')
  @SentPart()
  add(
    @PartOf() part: ContentPart,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    return this.#take(part, body, me);
  }

  @Get(':place')
  @FreshDeskFactor()
  async edit(
    @PartOf() part: ContentPart,
    @Param('place') place: string,
    @CurrentOperator() { session: { now }, visit }: SignedInOperator,
  ): Promise<Answer> {
    const { entries } = await this.contents.of(part.kind);
    const entry = entries[numberIn(place)];
    // A form that waited was filled from what the entry was then.
    const was = visit.kept?.was ?? (entry && entryMark(entry));
    if (was === undefined) throw new NotFoundException();
    const form = new FormReading(entry ? part.formOf(entry) : part.blank);
    const at = { place: numberIn(place), was: String(was), ...(entry && { entry }), now };
    return page(part.template, part.editTitle, entryModel(part, form, at));
  }

  /** `act`: `save`, `preview`, `end`, or `add` where the entry is another one by now. */
  @Post(':place')
  @SentPart()
  async change(
    @PartOf() part: ContentPart,
    @Param('place') typed: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const place = numberIn(typed);
    if (body.act !== 'end') return this.#take(part, body, me, place);
    const { entries, version } = await this.contents.of(part.kind);
    const at = placeNow(entries, place, body.was);
    const entry = entries[at];
    if (!entry) return seeOther(part.path, NOT_ARRANGED);
    const others = entries.toSpliced(at, 1);
    return this.#save(part, version, others, me, { entry, change: 'ended' });
  }

  /** The form of a new entry, or of the one at a place: shown as customers will see it, or saved. */
  async #take(
    part: ContentPart,
    body: FormBody,
    me: SignedInOperator,
    place?: number,
  ): Promise<Answer> {
    const { now } = me.session;
    const title = place === undefined ? part.newTitle : part.editTitle;
    const shown = (form: FormReading, more: Partial<ShownEntry> = {}, answer = {}) => {
      const at = { was: body.was ?? '', now, ...(place !== undefined && { place }), ...more };
      return page(part.template, title, entryModel(part, form, at), answer);
    };
    const read = readForm(part.form, body);
    const reading = readingOf(read);
    const problem = part.problemOf?.(reading.values, this.ownPages);
    if (problem) return shown(reading.alsoWith(problem));
    if (!read.ok) return shown(reading);
    const entry = part.entryOf(read.form);
    if (body.act === 'preview') return shown(reading, { entry, isPreview: true });
    const state = await this.contents.of(part.kind);
    const isNew = place === undefined || body.act === 'add';
    const at = isNew ? state.entries.length : placeNow(state.entries, place, body.was);
    if (at < 0) {
      const { sentence, ...conflict } = conflictAt(state, place!);
      return shown(new FormReading(read.form, { name: '', sentence }), conflict, { status: 409 });
    }
    const entries = state.entries.toSpliced(at, 1, entry);
    const [change, name] = [isNew ? 'added' : 'changed', part.nameOf(entry)] as const;
    const told = { entry: name, change };
    const isSaved = await this.contents.save(part.kind, state.version, entries, me, told);
    // Somebody else was first: with another entry, or with this one.
    if (!isSaved) return this.#take(part, body, me, place);
    return seeOther(part.path, about(DONE[change], { name }));
  }

  async #save(
    part: ContentPart,
    version: number,
    entries: Entry[],
    me: SignedInOperator,
    { entry, change }: Pick<ContentChange, 'change'> & { entry: Entry },
  ): Promise<Answer> {
    const name = part.nameOf(entry);
    const told = { entry: name, change };
    const isSaved = await this.contents.save(part.kind, version, entries, me, told);
    return seeOther(part.path, isSaved ? about(DONE[change], { name }) : NOT_ARRANGED);
  }

  #fileOf({ kind }: ContentPart): string | undefined {
    return kind === 'notices' ? this.config.noticesFile : this.config.applicationsFile;
  }
}
