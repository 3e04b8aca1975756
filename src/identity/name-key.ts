import { normalForm } from '../web/forms/normal-form.js';

/** Names that a person may type for the same one: in any width and case, with or without spaces. */
export function nameKey(name: string): string {
  return normalForm(name).toLowerCase().replace(/\s/gu, '');
}
