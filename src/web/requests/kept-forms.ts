import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { after, databaseNow } from '../../database/clock.js';
import { openIfPossible, Seal } from '../../seal.js';
import { UNREAD_FILE } from '../csv/unread-file.js';
import { FLOW_LASTS, Flows } from '../flows.js';
import { isSecret } from '../forms/forms.js';
import type { FormRequest } from '../forms/repeated-fields.js';
import { ownPath } from '../own-path.js';
import type { KeptFields, Visit, VisitedRequest } from '../visit.js';

/** Whose form it is, and of which of their sessions. */
interface Owner {
  /** Or the id of somebody of the desk. */
  accountId: string;
  sessionId: string;
}

interface KeptForm extends Owner {
  until: string;
  sealed: string;
}

const KIND = 'kept-form';
/** In the URL of the page that shows the form again. */
export const RESUMED = 'resume';
/** Of one session: several tabs may be in the middle of something. */
const MOST_KEPT = 5;
/** Of the page, its button and the browser's password manager, and no entry of anybody. */
const NO_ENTRIES = new Set(['act', 'formId', UNREAD_FILE, 'username']);

/**
 * Forms that were sent after their session had ended: nothing is done, and what was entered waits
 * for the same person in the same browser, sealed, for 30 minutes (decision 057).
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
  pathOfPage({ headers, originalUrl }: FormRequest): string {
    const { referer = '' } = headers;
    const { origin, pathname, search } = URL.parse(referer) ?? {};
    const isOwn = origin === new URL(this.config.publicUrl).origin;
    return isOwn ? ownPath(`${pathname}${search}`) : ownPath(originalUrl);
  }

  /** @returns the page of the form, which shows the entries again */
  async keep(
    request: FormRequest & VisitedRequest,
    { accountId, sessionId }: Owner,
  ): Promise<string> {
    const page = new URL(this.pathOfPage(request), this.config.publicUrl);
    const fields = entriesOf(request);
    if (Object.keys(fields).length > 0) {
      const until = after(await databaseNow(this.em), FLOW_LASTS).toISOString();
      const sealed = this.#seal.seal(fields).toString('base64');
      const kept = { accountId, sessionId, until, sealed };
      const flow = await this.flows.begin<KeptForm>(KIND, kept, request.visit);
      await this.flows.endOldest<KeptForm>(KIND, { sessionId }, MOST_KEPT);
      page.searchParams.set(RESUMED, flow.id);
    }
    return page.pathname + page.search;
  }

  /** @param path as the sign-in leads to it */
  async ofPath(path: string, visit: Visit) {
    const id = new URL(path, this.config.publicUrl).searchParams.get(RESUMED);
    return id === null ? undefined : this.find(id, visit);
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
function entriesOf({ body = {}, lists = {} }: FormRequest): KeptFields {
  const entries: [string, string | readonly string[]][] = Object.entries(body);
  for (const [name, values] of Object.entries(lists))
    entries.push([name, values.length === 1 ? values[0]! : values]);
  return Object.fromEntries(entries.filter(([name]) => !isSecret(name) && !NO_ENTRIES.has(name)));
}
