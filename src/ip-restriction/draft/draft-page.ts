import { Injectable } from '@nestjs/common';
import { page, type Page } from '../../web/answers.js';
import type { FormReading } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import { entryView, pageOf, pagination } from '../entry-view.js';
import { admits } from '../networks/matcher.js';
import { DraftEditor } from './draft-editor.js';
import type { Draft } from './ip-drafts.js';

/** Each entry is a checkbox, and a form may have 200 fields. */
const ENTRIES_ON_A_PAGE = 100;

interface Shown {
  form: FormReading;
  /** Networks that were probably meant, by the field with the typed text. */
  offers?: Record<string, string>;
  number?: unknown;
  isChange?: boolean;
  status?: number;
}

/** Draws the draft, with or without a refused form. */
@Injectable()
export class DraftPages {
  constructor(private readonly editor: DraftEditor) {}

  of(draft: Draft, visit: Visit, shown: Shown): Page {
    const { language, address } = visit;
    const { form, offers = {}, isChange = false, status = 200 } = shown;
    const { entries, edition, editedAt, editedByName, told } = draft;
    const own = this.editor.ownNetwork(visit);
    const here = pageOf(shown.number, ENTRIES_ON_A_PAGE, entries.length);
    const from = here * ENTRIES_ON_A_PAGE;
    const model = {
      form,
      edition,
      edited: edition > 0 ? { name: editedByName, time: momentInWords(editedAt!, language) } : null,
      told,
      address,
      ownEntry: admits(entries, address) ?? null,
      ownNetwork: own.ok ? own.networks[0] : null,
      ownRefusal: own.ok ? null : own.sentence,
      entries: entries.slice(from, from + ENTRIES_ON_A_PAGE).map((entry) => ({
        ...entryView(entry, language),
        key: encodeURIComponent(entry.network),
      })),
      count: entries.length,
      pages:
        entries.length > ENTRIES_ON_A_PAGE
          ? pagination(here, ENTRIES_ON_A_PAGE, entries.length, '/ip-restriction/draft?page=')
          : null,
      rows: rowsOf(form, offers),
      hasOffers: Object.keys(offers).length > 0,
      isChange,
    };
    return page('ip-restriction/draft', say('IPアドレス制限の編集'), model, { status });
  }
}

/** The rows that were sent, or one empty row. */
function rowsOf(form: FormReading, offers: Record<string, string>) {
  const sent = Object.keys(form.values).filter((name) => name.endsWith('[network]')).length;
  const count = Math.max(1, sent);
  return Array.from({ length: count }, (_, place) => {
    const name = (field: string) => `entries[${place}][${field}]`;
    return {
      number: count > 1 ? place + 1 : null,
      network: name('network'),
      label: name('label'),
      endsAt: name('endsAt'),
      offerName: name('offer'),
      offer: offers[name('network')] ?? null,
    };
  });
}
