import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Config } from '../../config.js';
import type { ContentEntries, ContentKind } from '../../operator-content.js';
import { DeskPage, FreshDeskFactor } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import type { ContentPart } from './content-kinds.js';
import { entryModel, listModel, moved } from './content-views.js';
import { OperatorContents, type ContentChange } from './operator-contents.js';
import { PartOf } from './part-of.js';

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
const MEANWHILE = say(
  'このページを表示したあとに、ほかの方が変更したため、保存していません。入力した内容を控えて、一覧から開き直してください。',
);
const NOT_ARRANGED = notice.warning(
  say('このページを表示したあとに、ほかの方が変更しました。現在の内容をご確認ください。'),
);
const STEPS: Record<string, number> = { up: -1, down: 1 };

type Entry = ContentEntries[ContentKind];

/** お知らせ and ご利用のサービス of everybody's TOP page; the path says which. */
@Controller(['desk/notices', 'desk/applications'])
@DeskPage('lead')
export class ContentController {
  constructor(
    private readonly contents: OperatorContents,
    private readonly config: Config,
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
  @FreshDeskFactor()
  async arrange(
    @PartOf() part: ContentPart,
    @Body() { act = '', place, version }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    if (act === 'file' && this.#fileOf(part)) {
      const isReturned = await this.contents.returnToFile(part.kind, Number(version), me);
      return seeOther(part.path, isReturned ? OF_FILE : NOT_ARRANGED);
    }
    const { entries } = await this.contents.of(part.kind);
    const step = STEPS[act];
    const entry = entries[Number(place)];
    if (step === undefined || entry === undefined) throw new NotFoundException();
    const next = moved(entries, Number(place), step) ?? entries;
    return this.#save(part, Number(version), next, me, { entry, change: 'moved' });
  }

  @Get('new')
  @FreshDeskFactor()
  async blank(
    @PartOf() part: ContentPart,
    @CurrentOperator() { session: { now } }: SignedInOperator,
  ): Promise<Answer> {
    const { version } = await this.contents.of(part.kind);
    const model = entryModel(part, new FormReading(part.blank), { version, now });
    return page(part.template, part.newTitle, model);
  }

  @Post('new')
  @FreshDeskFactor()
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
    @CurrentOperator() { session: { now } }: SignedInOperator,
  ): Promise<Answer> {
    const { entries, version } = await this.contents.of(part.kind);
    const entry = entries[placeOf(place)];
    if (!entry) throw new NotFoundException();
    const form = new FormReading(part.formOf(entry));
    const at = { place: placeOf(place), version, entry, now };
    return page(part.template, part.editTitle, entryModel(part, form, at));
  }

  /** `act`: `save`, `preview` or `end`. */
  @Post(':place')
  @FreshDeskFactor()
  async change(
    @PartOf() part: ContentPart,
    @Param('place') typed: string,
    @Body() body: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const place = placeOf(typed);
    if (body.act !== 'end') return this.#take(part, body, me, place);
    const { entries } = await this.contents.of(part.kind);
    const entry = entries[place];
    if (!entry) return seeOther(part.path, NOT_ARRANGED);
    const others = entries.toSpliced(place, 1);
    return this.#save(part, Number(body.version), others, me, { entry, change: 'ended' });
  }

  /** The form of a new entry, or of the one at a place: shown as customers will see it, or saved. */
  async #take(
    part: ContentPart,
    body: FormBody,
    me: SignedInOperator,
    place?: number,
  ): Promise<Answer> {
    const version = Number(body.version);
    const { now } = me.session;
    const shown = (form: FormReading, status: number, entry?: Entry) => {
      const isPreview = status === 200;
      const at = { version, now, isPreview, ...(entry && { entry }) };
      const title = place === undefined ? part.newTitle : part.editTitle;
      return page(
        part.template,
        title,
        entryModel(part, form, { ...at, ...(place !== undefined && { place }) }),
        {
          status,
        },
      );
    };
    const read = readForm(part.form, body);
    if (!read.ok) return shown(read.reading, 422);
    const problem = part.problemOf(read.form);
    if (problem) return shown(new FormReading(read.form, problem), 422);
    const entry = part.entryOf(read.form);
    if (body.act === 'preview') return shown(new FormReading(read.form), 200, entry);
    const state = await this.contents.of(part.kind);
    if (state.version !== version || (place !== undefined && !state.entries[place]))
      return shown(new FormReading(read.form, { name: '', sentence: MEANWHILE }), 409, entry);
    if (place === undefined)
      return this.#save(part, version, [...state.entries, entry], me, { entry, change: 'added' });
    const next = state.entries.with(place, entry);
    return this.#save(part, version, next, me, { entry, change: 'changed' });
  }

  async #save(
    part: ContentPart,
    version: number,
    entries: Entry[],
    me: SignedInOperator,
    { entry, change }: Pick<ContentChange, 'change'> & { entry: Entry },
  ): Promise<Answer> {
    const name = part.nameOf(entry);
    const isSaved = await this.contents.save(part.kind, version, entries, me, {
      entry: name,
      change,
    });
    return seeOther(part.path, isSaved ? about(DONE[change], { name }) : NOT_ARRANGED);
  }

  #fileOf({ kind }: ContentPart): string | undefined {
    return kind === 'notices' ? this.config.noticesFile : this.config.applicationsFile;
  }
}

function placeOf(typed: string): number {
  return /^\d{1,4}$/.test(typed) ? Number(typed) : -1;
}
