import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions.js';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/sql.js';
import { refusedForm, type FormBody, type FormReading } from '../../web/forms.js';
import { say } from '../../web/sentence.js';
import { translate } from '../../web/texts.js';
import type { Visit } from '../../web/visit.js';
import type { Entry } from '../networks/fold-entries.js';
import { networkToRegister } from '../networks/network.js';
import { readNetwork, type NetworkReading } from '../networks/read-network.js';
import { readLines, readRows, type RowsReading } from './draft-rows.js';
import { IpDrafts } from './ip-drafts.js';

/** The result of an edit; a refusal carries the typed form. */
export type DraftEdit =
  | { ok: true }
  | { ok: false; reason: 'edited-meanwhile' }
  | { ok: false; reason: 'refused'; form: FormReading; offers: Record<string, string> };

const OWN_LABEL = say('{name} 様の接続元');

/** Edits the draft; each edit names the edition that the editor saw. */
@Injectable()
export class DraftEditor {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly drafts: IpDrafts,
  ) {}

  /** The network that would admit the visitor's address, or the reason why it cannot be listed. */
  ownNetwork({ address }: Visit): NetworkReading {
    return readNetwork(networkToRegister(address), this.config.ipAllowPrivate);
  }

  async addOwn(editor: SignedIn, edition: number, visit: Visit): Promise<DraftEdit> {
    const own = this.ownNetwork(visit);
    if (!own.ok) return editRefused({}, '', own.sentence);
    const label = translate({ ...OWN_LABEL, values: { name: editor.name } }, visit.language);
    const entries = own.networks.map((network) => ({ network, label, endsAt: null }));
    return this.#edit(editor, edition, { ok: true, entries, told: [] });
  }

  /** @param takeOffers replaces typed networks by the offered ones */
  async add(
    editor: SignedIn,
    edition: number,
    rows: FormBody[],
    visit: Visit,
    takeOffers: boolean,
  ): Promise<DraftEdit> {
    return this.#edit(
      editor,
      edition,
      readRows(rows, { ...(await this.#given(visit)), takeOffers }),
    );
  }

  async paste(editor: SignedIn, edition: number, text: string, visit: Visit): Promise<DraftEdit> {
    return this.#edit(editor, edition, readLines(text, await this.#given(visit)));
  }

  async remove(editor: SignedIn, edition: number, networks: string[]): Promise<DraftEdit> {
    if (networks.length === 0)
      return editRefused({}, 'network', say('削除する行を選んでください。'));
    const gone = new Set(networks);
    const edited = await this.drafts.edit(editor, edition, (entries) => ({
      entries: entries.filter(({ network }) => !gone.has(network)),
      told: [],
    }));
    return edited.ok ? { ok: true } : { ok: false, reason: 'edited-meanwhile' };
  }

  /** Goes back to the list in force. */
  async discard(editor: SignedIn, edition: number): Promise<DraftEdit> {
    const isDone = await this.drafts.discard(editor, edition);
    return isDone ? { ok: true } : { ok: false, reason: 'edited-meanwhile' };
  }

  /** Adding a network that is already listed changes its label and end. */
  async #edit(editor: SignedIn, edition: number, read: RowsReading): Promise<DraftEdit> {
    if (!read.ok) return { ...read, reason: 'refused' };
    const added = new Set(read.entries.map(({ network }) => network));
    const edited = await this.drafts.edit(editor, edition, (before: Entry[]) => ({
      entries: [...before.filter(({ network }) => !added.has(network)), ...read.entries],
      told: read.told,
    }));
    if (edited.ok) return { ok: true };
    if (edited.reason === 'edited-meanwhile') return { ok: false, reason: edited.reason };
    return editRefused({}, '', edited.sentence);
  }

  async #given({ language }: Visit) {
    const now = await databaseNow(this.em);
    return { now, language, allowPrivate: this.config.ipAllowPrivate };
  }
}

function editRefused(
  form: object,
  name: string,
  sentence: ReturnType<typeof say>,
): DraftEdit & { ok: false } {
  return { ok: false, reason: 'refused', form: refusedForm(form, { name, sentence }), offers: {} };
}
