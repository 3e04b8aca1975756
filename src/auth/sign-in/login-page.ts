import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { ownPath } from '../../web/own-path.js';
import type { Interrupted } from '../../web/requests/kept-forms.js';

/** @param shown.interrupted the form that the session's end interrupted, and how long it waits */
export function loginPage(
  form = new FormReading({ next: '/' }),
  { interrupted, status = 200 }: { interrupted?: Interrupted | undefined; status?: number } = {},
): Page {
  const next = ownPath(form.values.next);
  // The address of a refused sign-in, too, leads on: a choice of the language leads there.
  const action = next === '/' ? '/login' : `/login?${new URLSearchParams({ next }).toString()}`;
  const model = { form, next, action, interrupted: interrupted ?? null };
  return page('auth/login', 'ログイン', model, { status });
}
