import { adviceOn } from './advice.js';
import { checksOf, isPlaceUnknown, type Check } from './door-checks.js';
import type { DoorFacts } from './door-facts.js';
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

/** なぜ入れないか: what the door would decide about somebody now, without any effect. */
export function diagnosisOf(facts: DoorFacts): Diagnosis {
  const stops = stopsOf(facts);
  const isUncertain = stops.length === 0 && isPlaceUnknown(facts);
  return { checks: checksOf(facts), stops, isUncertain, advice: adviceOn(stops[0], facts) };
}
