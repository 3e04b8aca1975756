import { Injectable } from '@nestjs/common';
import type { Account } from '../../identity/account.entity.js';
import { adviceOn } from './advice.js';
import { checksOf, isPlaceUnknown, type Check } from './door-checks.js';
import { DoorLooks, type DoorFacts } from './door-facts.js';
import { stopsOf, type Stop } from './door-stops.js';
import type { PhoneAdvice } from './help.js';

export interface Diagnosis {
  checks: Check[];
  /** The advice is about the first one; none where the door would let the person in. */
  stops: Stop[];
  /** Whether it would depends on an address that nobody told yet. */
  isUncertain: boolean;
  advice: PhoneAdvice;
}

type Known = Pick<DoorFacts, 'waitsUntil' | 'factorWaitsUntil' | 'mailAdvice' | 'canActivate'>;

/** なぜ入れないか: what the door would decide about somebody now, without any effect. */
@Injectable()
export class Diagnoses {
  constructor(private readonly looks: DoorLooks) {}

  /** @param account with its company @param address in place of the last one */
  async of(account: Account, address?: string): Promise<Diagnosis & Known> {
    const facts = await this.looks.facts(account, address);
    const stops = stopsOf(facts);
    const { waitsUntil, factorWaitsUntil, mailAdvice, canActivate } = facts;
    const known = { waitsUntil, factorWaitsUntil, mailAdvice, canActivate };
    const isUncertain = stops.length === 0 && isPlaceUnknown(facts);
    const advice = adviceOn(stops[0], facts);
    return { checks: checksOf(facts), stops, isUncertain, advice, ...known };
  }
}
