import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { CaseKind } from './desk-case.entity.js';
import {
  afterWorking,
  beforeWorking,
  beginOfWork,
  dayInJapan,
  isWorkingDay,
  readOpeningHours,
  USUAL_HOURS,
  type OpeningHours,
  type WorkingTime,
} from './opening-hours.js';

/** Whoever cannot sign in waits in front of the page. */
const DUE: Record<CaseKind, WorkingTime> = {
  review: { days: 1 },
  succession: { days: 1 },
  untold: { days: 2 },
  'lost-factor': { days: 1 },
  'lock-out': { hours: 2 },
  'ip-restriction': { hours: 2 },
  question: { days: 1 },
};

/** So long a customer is waited for before the desk looks again. */
const CUSTOMER: WorkingTime = { days: 5 };

/** Until when cases are to be dealt with, by the hours and the holidays of the desk. */
@Injectable()
export class DeskCalendar {
  readonly #hours: OpeningHours;

  constructor(private readonly config: Config) {
    this.#hours = readOpeningHours(config.deskHours) ?? USUAL_HOURS;
  }

  dueAt(kind: CaseKind, now: Date): Date {
    return this.#after(now, DUE[kind]);
  }

  customerUntil(now: Date): Date {
    return this.#after(now, CUSTOMER);
  }

  /** So that an hour of work is left until the end. */
  hourBefore(end: Date): Date {
    return beforeWorking(end, { hours: 1 }, this.#hours, this.config.deskHolidays);
  }

  /** Work began today, if there is any. */
  hasBegun(now: Date): boolean {
    const today = dayInJapan(now);
    if (!isWorkingDay(today, this.#hours, this.config.deskHolidays)) return false;
    return beginOfWork(today, this.#hours) <= now;
  }

  #after(now: Date, time: WorkingTime): Date {
    return afterWorking(now, time, this.#hours, this.config.deskHolidays);
  }
}
