import type { RefusedSignIn } from '../../auth/sign-in/unfinished-sign-ins.js';
import type { Role } from '../../identity/role.js';
import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import type { IpVersion } from './ip-version.entity.js';

export const ACCESS_PATH = '/ip-restriction/access';

interface Shown {
  form?: FormReading;
  /** Absent for a session. */
  signIn?: RefusedSignIn | undefined;
  /** Nobody can have this address listed, so nobody is asked to. */
  isUnlistable?: boolean;
}

/** 「アクセス制限エラー」, with the ways out: staff can send a request, administrators use a ticket or call the desk. */
export function addressRefused(
  role: Role,
  visit: Visit,
  trial: IpVersion | undefined,
  { form = new FormReading(), signIn, isUnlistable = false }: Shown = {},
): Page {
  const model = {
    form,
    action: accessPath(ACCESS_PATH, signIn),
    administrator: role === 'administrator',
    address: visit.address,
    isUnlistable,
    requestId: signIn?.requestId ?? visit.requestId,
    trial: trial && { id: trial.id, endsAt: trial.trialEndsAt ?? null },
    isSignedIn: signIn === undefined,
    time: signIn?.at ?? new Date(),
  };
  const status = form.problems.length > 0 ? 422 : 403;
  return page('ip-restriction/refused', say('アクセス制限エラー'), model, { status });
}

/** Another sign-in in this browser may be refused too. */
export function accessPath(path: string, signIn: RefusedSignIn | undefined): string {
  return signIn ? `${path}?flow=${signIn.flowId}` : path;
}
