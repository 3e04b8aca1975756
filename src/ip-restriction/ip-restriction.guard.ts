import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Counter } from 'prom-client';
import { RecoveryCodes } from '../auth/second-factor/recovery-codes.js';
import { signedInOf } from '../auth/sessions/me.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { Config } from '../config.js';
import { accessOf } from '../web/access.js';
import { page } from '../web/answers.js';
import { say } from '../web/sentence.js';
import { ShownInstead } from '../web/shown-instead.js';
import type { Banner } from '../web/banner.js';
import type { VisitedRequest } from '../web/visit.js';
import { emergencyBanner, suspensionBanner } from './banners.js';
import { IpUses } from './ip-uses.js';
import { addressRefused } from './lists/address-refused.js';
import { IpLists } from './lists/ip-lists.js';
import { isUnlistable } from './networks/read-network.js';
import { TrialVisitors } from './trial/trial-visitors.js';

const refusals = new Counter({
  name: 'genkan_ip_refusals_total',
  help: 'Pages that signed-in people did not get because of their address',
});

const CLOSED = page(
  'ip-restriction/closed-in-emergency',
  say('このページは、緊急用チケットでは開けません'),
  {},
  { status: 403 },
);

/**
 * Shows 「アクセス制限エラー」 instead of any page while a signed-in person is outside of the networks
 * of the company's list. The session itself goes on. `Sessions.find` read the verdict.
 */
@Injectable()
export class IpRestrictionGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly uses: IpUses,
    private readonly lists: IpLists,
    private readonly visitors: TrialVisitors,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { visit } = context.switchToHttp().getRequest<VisitedRequest>();
    const person = signedInOf(visit);
    if (!person) return true;
    if (person.admittedBy !== null) this.uses.note(person.corporationId, person.admittedBy);
    visit.banner = await this.#bannerOf(person);
    if (isReachable(context, person) || (await this.#showsNewCodes(context, person))) return true;
    if (person.isEmergency) throw new ShownInstead(CLOSED);
    refusals.inc();
    const trial = await this.lists.onTrial(person.corporationId);
    if (trial) await this.visitors.noteRefused(person, trial);
    const { ipAllowPrivate } = this.config;
    const shown = { isUnlistable: isUnlistable(visit.address, ipAllowPrivate) };
    throw new ShownInstead(addressRefused(person.role, visit, trial, shown));
  }

  /** A factor that was set up in this very session: its recovery codes have to be written down. */
  async #showsNewCodes(context: ExecutionContext, person: SignedIn): Promise<boolean> {
    if (!person.isEmergency || !accessOf(context).setsUpFactor) return false;
    return (await this.recoveryCodes.shown(person)).length > 0;
  }

  async #bannerOf(person: SignedIn): Promise<Banner | undefined> {
    if (!person.isEmergency) return suspensionBanner(person);
    const trial = await this.lists.onTrial(person.corporationId);
    return emergencyBanner(person, trial !== undefined);
  }
}

function isReachable(context: ExecutionContext, person: SignedIn): boolean {
  const { isPublic, isReachableFromAnywhere, isIpPage, setsUpFactor } = accessOf(context);
  if (isPublic || isReachableFromAnywhere) return true;
  if (!person.isEmergency) return person.isAdmitted;
  return isIpPage || (setsUpFactor && person.mustSetUpFactor && !person.hasFactor);
}
