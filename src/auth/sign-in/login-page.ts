import { page, type Page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';

/** @param shown.keptUntil so long a form waits that the session's end interrupted */
export function loginPage(
  form = new FormReading({ next: '/' }),
  { keptUntil, status = 200 }: { keptUntil?: Date | undefined; status?: number } = {},
): Page {
  const model = { form, next: form.values.next || '/', keptUntil: keptUntil ?? null };
  return page('auth/login', 'ログイン', model, { status });
}
