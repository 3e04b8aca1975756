import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Visit, VisitedRequest } from '../../web/visit.js';
import type { SignedIn } from './sessions.js';

/** Injects the signed-in person; the session guard ensures that there is one. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const person = signedInOf(context.switchToHttp().getRequest<VisitedRequest>().visit);
  if (!person) throw new Error('A public page asks for the person who is signed in');
  return person;
});

export function signedInOf(visit: Visit | undefined): SignedIn | undefined {
  return visit?.person as SignedIn | undefined;
}
