import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import { ownPath } from '../../web/own-path.js';

/** @param shown.keptUntil so long a form waits that the session's end interrupted */
export function loginPage(
  form = new FormReading({ next: '/' }),
  { keptUntil, status = 200 }: { keptUntil?: Date | undefined; status?: number } = {},
): Page {
  const next = ownPath(form.values.next);
  // The address of a refused sign-in, too, leads on: a choice of the language leads there.
  const action = next === '/' ? '/login' : `/login?${new URLSearchParams({ next }).toString()}`;
  const model = { form, next, action, keptUntil: keptUntil ?? null };
  return page('auth/login', 'ログイン', model, { status });
}
