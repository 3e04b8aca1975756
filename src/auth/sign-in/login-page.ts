import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import type { Interrupted } from '../../web/requests/kept-forms.js';

/** @param shown.interrupted the form that the session's end interrupted, and how long it waits */
export function loginPage(
  form = new FormReading({ next: '/' }),
  { interrupted, status = 200 }: { interrupted?: Interrupted | undefined; status?: number } = {},
): Page {
  const model = { form, next: form.values.next || '/', interrupted: interrupted ?? null };
  return page('auth/login', 'ログイン', model, { status });
}
