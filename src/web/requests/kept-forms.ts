import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { after, databaseNow } from '../../database/clock.js';
import { openIfPossible, Seal } from '../../seal.js';
import { UNREAD_FILE } from '../csv/unread-file.js';
import { FLOW_LASTS, Flows, type FlowRoom } from '../flows.js';
import { isEntered } from '../forms/entered.js';
import { isSecret } from '../forms/forms.js';
import type { FormRequest } from '../forms/repeated-fields.js';
import { ownPath } from '../own-path.js';
import type { KeptFields, Visit, VisitedRequest } from '../visit.js';

/** Whose form it is, if they are signed in, and of which of their sessions, if one ended. */
interface Owner {
  /** Or the id of somebody of the desk. */
  accountId?: string | undefined;
  sessionId?: string | undefined;
}

interface KeptForm extends Owner {
  until: string;
  sealed: string;
}

/** A form that came too late: until when what people entered is kept, null when there is nothing of it. */
export interface Interrupted {
  until: Date | null;
}

const KIND = 'kept-form';
/** In the URL of the page that shows the form again. */
export const RESUMED = 'resume';
/** Of the page that asks once more before something that matters, with the form that it interrupts. */
export const QUESTION_PATH = '/confirmation';
const MIB = 1024 * 1024;
/** Several tabs may be in the middle of something. */
const ROOM_OF_SESSION: FlowRoom = { most: 5, bytes: 1.5 * MIB };
/** Three sessions: somebody who has one of them pushes out no form of another. */
const ROOM_OF_ACCOUNT: FlowRoom = { most: 15, bytes: 4.5 * MIB };
/** Sealed, in characters: the longest file of people with all its quotes fits in. */
const LONGEST = MIB;
/** Of somebody who is not known, in characters: a long question to the desk fits in. */
const LONGEST_OF_STRANGERS = 6_000;
/** Of the page that asks before something that matters: where the form goes on, and whether it ends in a file. */
const OF_QUESTION = ['interrupted', 'interruptedFile'];
/** Of the page, its button and the browser's password manager, and no entry of anybody; or a way in. */
const NO_ENTRIES = new Set([
  ...OF_QUESTION,
  'act',
  'formId',
  'language',
  'ticket',
  UNREAD_FILE,
  'username',
]);

/**
 * Forms that were sent after their session had ended, or with a choice of the language: nothing is
 * done, and what was entered waits for the same person in the same browser, sealed, for 30 minutes
 * (decision 057).
 */
@Injectable()
export class KeptForms {
  readonly #seal: Seal;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly flows: Flows,
  ) {
    this.#seal = new Seal(config.keysFor('kept-forms'));
  }

  /** Some forms stand on a page with another URL than they are sent to; browsers name that page. */
  pathOfPage(request: FormRequest): string {
    const page = this.refererOf(request);
    // The page that asks once more has no fields for them.
    const isForms = page !== undefined && !page.startsWith(`${QUESTION_PATH}?`);
    return isForms ? page : ownPath(request.originalUrl);
  }

  /** Undefined when it is none of ours. */
  refererOf({ headers: { referer = '' } }: FormRequest): string | undefined {
    const { origin, pathname, search } = URL.parse(referer) ?? {};
    const isOwn = origin === new URL(this.config.publicUrl).origin;
    return isOwn ? ownPath(`${pathname}${search}`) : undefined;
  }

  /**
   * @param path of the form's page
   * @returns the same with the entries, which it shows again; undefined when there are none, or more
   * than is kept
   */
  async keep(
    request: FormRequest & VisitedRequest,
    path: string,
    owner: Owner,
  ): Promise<string | undefined> {
    return this.#keep(entriesOf(request, NO_ENTRIES), request.visit, path, owner);
  }

  /** The same of a form that was sent in vain, which its page says even if there is nothing to show again. */
  async keepUnsent(request: FormRequest & VisitedRequest, path: string, owner: Owner) {
    return (
      (await this.keep(request, path, owner)) ?? (await this.#store({}, request.visit, path, owner))
    );
  }

  /** The same of the page that asks once more, with all that the interrupted form goes on with. */
  async keepQuestion(
    request: FormRequest & VisitedRequest,
    owner: Owner,
  ): Promise<string | undefined> {
    const fields = entriesOf(request, new Set(['formId', 'language']));
    return this.#keep(fields, request.visit, QUESTION_PATH, owner);
  }

  async #keep(
    fields: KeptFields,
    visit: Visit,
    path: string,
    owner: Owner,
  ): Promise<string | undefined> {
    if (Object.values(fields).every((value) => value.length === 0)) return undefined;
    return this.#store(fields, visit, path, owner);
  }

  async #store(
    fields: KeptFields,
    visit: Visit,
    path: string,
    owner: Owner,
  ): Promise<string | undefined> {
    const isStranger = owner.accountId === undefined;
    if (isStranger && JSON.stringify(fields).length > LONGEST_OF_STRANGERS) return undefined;
    const sealed = this.#seal.seal(fields).toString('base64');
    if (sealed.length > LONGEST) return undefined;
    const page = new URL(path, this.config.publicUrl);
    page.searchParams.set(RESUMED, await this.#write(sealed, owner, visit));
    return page.pathname + page.search;
  }

  /** @returns the id by which it is found again */
  async #write(sealed: string, owner: Owner, visit: Visit): Promise<string> {
    const { accountId } = owner;
    const until = after(await databaseNow(this.em), FLOW_LASTS).toISOString();
    const entries = { ...owner, until, sealed };
    const { id } = await this.flows.begin<KeptForm>(KIND, entries, visit, accountId);
    if (accountId !== undefined)
      await this.flows.endBeyond(accountId, KIND, ROOM_OF_ACCOUNT, ROOM_OF_SESSION);
    return id;
  }

  /** @param path as the sign-in leads to it */
  async ofPath(path: string, visit: Visit): Promise<Interrupted | undefined> {
    const id = new URL(path, this.config.publicUrl).searchParams.get(RESUMED);
    const kept = id === null ? undefined : await this.find(id, visit);
    return kept && { until: isEntered(kept.fields) ? kept.until : null };
  }

  async find(id: unknown, visit: Visit) {
    const flow = await this.flows.find<KeptForm>(KIND, id, visit);
    if (!flow) return undefined;
    const { accountId, until, sealed } = flow.entries as KeptForm;
    const fields = openIfPossible<KeptFields>(this.#seal, Buffer.from(sealed, 'base64'));
    return fields && { accountId, until: new Date(until), fields };
  }
}

/** What people entered and ticked: texts of their own, rows of them, and lists of choices. */
function entriesOf({ body = {}, lists = {} }: FormRequest, without: Set<string>): KeptFields {
  const entries: [string, string | readonly string[]][] = Object.entries(body);
  for (const [name, values] of Object.entries(lists))
    entries.push([name, values.length === 1 ? values[0]! : values]);
  return Object.fromEntries(entries.filter(([name]) => !isSecret(name) && !without.has(name)));
}
