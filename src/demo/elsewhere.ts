import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { HOUR_MS } from '../durations.js';
import { Cookie } from '../web/cookies.js';
import { networkOf, siteOf } from '../web/requests/client-address.js';
import type { Visit, VisitedRequest } from '../web/visit.js';

/** One of those that documents may use, so nobody's. */
export const ELSEWHERE_ADDRESS = '203.0.113.9';

const CHOSEN = new Cookie('elsewhere', HOUR_MS);

/**
 * Lets a browser come from another address for an hour, because one machine has no other place to
 * try an IP restriction from.
 */
@Injectable()
export class Elsewhere implements NestMiddleware {
  use({ visit }: VisitedRequest, _response: Response, next: NextFunction): void {
    if (isElsewhere(visit)) {
      const address = ELSEWHERE_ADDRESS;
      Object.assign(visit, {
        address,
        client: address,
        network: networkOf(address),
        site: siteOf(address),
      });
    }
    next();
  }
}

export function isElsewhere(visit: Visit): boolean {
  return CHOSEN.read(visit) !== undefined;
}

export function goElsewhere(visit: Visit): void {
  CHOSEN.set(visit, '1');
}

export function comeBack(visit: Visit): void {
  CHOSEN.clear(visit);
}
