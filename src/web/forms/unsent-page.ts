import { Page, page, type Answer } from '../answers.js';
import { FormReading, type FormBody } from './forms.js';
import type { Notice } from '../notices.js';

/**
 * For a form whose page meanwhile shows something else, by an act in another tab: nothing is done,
 * the page says so, and what was typed is still there.
 * @param now the page as it is
 */
export function unsentPage(now: Answer, body: FormBody, notice: Notice): Answer {
  if (!(now instanceof Page)) return now;
  const { template, title, model } = now;
  const typed = model.form instanceof FormReading && { form: model.form.filledWith(body) };
  const status = now.status === 200 ? 409 : now.status;
  return page(template, title, { ...model, ...typed }, { ...now, status, notice });
}
