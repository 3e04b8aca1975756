import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { addressRefused } from '../auth/refused-sign-ins.js';
import { signedInOf } from '../auth/me.js';
import type { SignedIn } from '../auth/sessions.js';
import { IP_PAGES, PUBLIC, REACHABLE_FROM_ANYWHERE } from '../web/access.js';
import { ShownInstead } from '../web/shown-instead.js';
import type { VisitedRequest } from '../web/visit.js';
import { ForwardingWatch } from './forwarding-watch.js';
import { IpUses } from './ip-uses.js';
import { IpTrials } from './versions/ip-trials.js';

/**
 * Parks the session of somebody who left the networks of the company's list: it says why instead of
 * any page, and goes on where they come back. The verdict came with the session, on this request.
 */
@Injectable()
export class IpRestrictionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly uses: IpUses,
    private readonly watch: ForwardingWatch,
    private readonly trials: IpTrials,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { visit, headers } = context.switchToHttp().getRequest<VisitedRequest>();
    this.watch.look(headers);
    const person = signedInOf(visit);
    if (!person) return true;
    if (person.admittedBy !== null) this.uses.note(person.corporationId, person.admittedBy);
    if (this.#isReachable(context, person)) return true;
    const trial = await this.trials.running(person.corporationId);
    throw new ShownInstead(addressRefused(person.role, visit, undefined, trial?.trialEndsAt));
  }

  #isReachable(context: ExecutionContext, person: SignedIn): boolean {
    const says = (key: string) =>
      this.reflector.getAllAndOverride<boolean>(key, [context.getHandler(), context.getClass()]);
    if (says(PUBLIC) || says(REACHABLE_FROM_ANYWHERE)) return true;
    return person.isEmergency ? says(IP_PAGES) === true : person.isAdmitted;
  }
}
