import type { Role } from '../../identity/role.js';
import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';

/** So many passwords were wrong that none is compared for now. @param retryAfter seconds */
export function tooManyFailures(retryAfter: number): Page {
  const minutes = Math.ceil(retryAfter / 60);
  return page(
    'auth/too-many-failures',
    'しばらく待ってから、もう一度お試しください',
    { minutes },
    { status: 429, retryAfter },
  );
}

/** The list that refuses, while it is on trial. */
export interface TrialInForce {
  id: string;
  trialEndsAt?: Date | null | undefined;
}

/** 「アクセス制限エラー」, with the ways out: staff can send a request, administrators use a ticket or call the desk. */
export function addressRefused(
  role: Role,
  visit: Visit,
  trial?: TrialInForce,
  form: FormReading = new FormReading(),
): Page {
  const { address, requestId } = visit;
  const model = {
    form,
    administrator: role === 'administrator',
    address,
    requestId,
    trial: trial && { id: trial.id, endsAt: trial.trialEndsAt ?? null },
    isSignedIn: visit.person !== undefined,
    time: new Date(),
  };
  const status = form.problems.length > 0 ? 422 : 403;
  return page('ip-restriction/refused', say('アクセス制限エラー'), model, { status });
}
