import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { NewestInvoice } from '../../corporations/newest-invoice.js';
import { Account } from '../../identity/account.entity.js';
import { say } from '../../web/sentence.js';
import { DemoFactors } from '../demo-factors.js';
import { DemoOperators } from '../desk/demo-operators.js';
import { TourLog } from './tour-log.js';
import { tourStops } from './tour-stops.js';

const NEWEST = say('請求書番号（または請求金額）');

/** The guided tour. Its ticks are read from the log: nobody keeps them. */
@Injectable()
export class Tour {
  constructor(
    private readonly em: EntityManager,
    private readonly newest: NewestInvoice,
    private readonly factors: DemoFactors,
    private readonly operators: DemoOperators,
  ) {}

  /** @param opened the number of a stop that is shown open beside the next one */
  async stops(isElsewhere: boolean, opened: number) {
    const log = await this.#log();
    const codes = await this.#codes();
    const stops = tourStops.map(
      ({ enter, newest, codes: asked = [], steps, start, startElsewhere, ...stop }) => ({
        ...stop,
        enter: [
          ...enter,
          { label: NEWEST, value: (this.newest.isAsked && newest) || '' },
          ...asked.map(({ label, loginId }) => ({ label, value: codes.get(loginId) ?? '' })),
        ].filter(({ value }) => value !== ''),
        start: (isElsewhere && startElsewhere) || start,
        steps: steps.map(({ text, ways }) => ({
          text,
          isDone: ways.some((deeds) => log.has(...deeds)),
        })),
      }),
    );
    const done = stops.map(({ steps }) => steps.every(({ isDone }) => isDone));
    const next = done.indexOf(false);
    return stops.map((stop, place) => ({
      ...stop,
      number: place + 1,
      isDone: done[place]!,
      isNext: place === next,
      isOpen: place === next || place + 1 === opened,
    }));
  }

  /** By login ID. */
  async #codes(): Promise<Map<string, string>> {
    const asked = tourStops.flatMap(({ codes = [] }) => codes.map(({ loginId }) => loginId));
    const people = await this.em.find(
      Account,
      { loginIdKey: { $in: asked } },
      { fields: ['loginIdKey'] },
    );
    const codes = await this.factors.codesOf(people.map(({ id }) => id));
    const operators = await this.operators.cast();
    return new Map([
      ...people.map(({ id, loginIdKey }) => [loginIdKey, codes.get(id) ?? ''] as const),
      ...operators.map(({ loginId, code }) => [loginId, code ?? ''] as const),
    ]);
  }

  async #log(): Promise<TourLog> {
    const acts = tourStops
      .flatMap(({ steps }) => steps)
      .flatMap(({ ways }) => ways.flat())
      .map((deed) => (typeof deed === 'string' ? deed : deed[0]));
    const told = { fields: ['act', 'reason', 'accountId'], orderBy: { id: 'asc' } } as const;
    // What happened by itself, as after an objection, is nobody's step.
    const ofSomebody = { $or: [{ accountId: { $ne: null } }, { address: { $ne: null } }] };
    const deeds = { act: { $in: acts }, ...ofSomebody };
    return new TourLog(await this.em.find(AuditEntry, deeds, told));
  }
}
