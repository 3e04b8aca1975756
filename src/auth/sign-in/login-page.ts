import { randomUUID } from 'node:crypto';
import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { ownPath } from '../../web/own-path.js';
import type { Interrupted } from '../../web/requests/kept-forms.js';

interface Shown {
  /** The form that the session's end interrupted, and how long it waits. */
  interrupted?: Interrupted | undefined;
  /** Names the form, so that a second tap leads where the first one leads (`PendingSignIns`). */
  attempt?: string;
}

export function loginPage(
  form = new FormReading({ next: '/' }),
  { interrupted, attempt = randomUUID() }: Shown = {},
): Page {
  const next = ownPath(form.values.next);
  // The address of a refused sign-in, too, leads on: a choice of the language leads there.
  const action = next === '/' ? '/login' : `/login?${new URLSearchParams({ next }).toString()}`;
  const model = { form, next, action, interrupted: interrupted ?? null, attempt };
  return page('auth/login', 'ログイン', model);
}
