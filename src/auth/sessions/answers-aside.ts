import type { FormRequest } from '../../web/forms/repeated-fields.js';

/**
 * Takes what the page of the question added out of the form, which is the same with every answer and
 * without any: whether it was sent before does not depend on it.
 */
export function setAnswersAside(request: FormRequest): void {
  // A post that waited for its turn meets the guards again.
  if (request.answers) return;
  const { currentPassword, code, factorPasskey, ...rest } = request.body ?? {};
  const { interrupted: _, interruptedFile: __, ...body } = rest;
  const answers = Object.entries({ currentPassword, code, factorPasskey });
  request.body = body;
  request.answers = Object.fromEntries(answers.filter(([, given]) => given !== undefined));
}
