import type { HTMLElement } from 'node-html-parser';
import { textOf, type Page } from './page.js';

/** A person's change of a field since the page was drawn. */
export interface Entry {
  value?: string;
  checked?: boolean;
}

export interface FormPost {
  method: 'GET' | 'POST';
  action: string;
  fields: [name: string, value: string][];
}

/** The post that a browser sends when the button is pressed: every field of its form, hidden ones too. */
export function formPost(
  page: Page,
  button: HTMLElement,
  entries: ReadonlyMap<HTMLElement, Entry>,
): FormPost {
  const form = formOf(page, button);
  if (!form) throw new Error(`The button ${textOf(button)} belongs to no form`);
  const controls = page.root
    .querySelectorAll('input, select, textarea, button')
    .filter((control) => control.getAttribute('name') && !control.hasAttribute('disabled'))
    .filter((control) => formOf(page, control) === form);
  const chosenRadios = new Set(
    [...entries].filter(([, { checked }]) => checked).map(([field]) => field.getAttribute('name')),
  );
  const fields = controls.flatMap((control): [string, string][] => {
    const value = valueOf(control, button, entries.get(control), chosenRadios);
    return value === undefined ? [] : [[control.getAttribute('name')!, value]];
  });
  return {
    method: form.getAttribute('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
    action: form.getAttribute('action') ?? page.url.href,
    fields,
  };
}

function formOf(page: Page, control: HTMLElement): HTMLElement | null {
  const id = control.getAttribute('form');
  return id ? page.root.getElementById(id) : control.closest('form');
}

/** Undefined: not sent. */
function valueOf(
  control: HTMLElement,
  button: HTMLElement,
  entry: Entry | undefined,
  chosenRadios: ReadonlySet<string | undefined>,
): string | undefined {
  const value = control.getAttribute('value');
  const type = control.getAttribute('type') ?? 'text';
  if (control.tagName === 'BUTTON' || type === 'submit')
    return control === button ? (value ?? '') : undefined;
  if (control.tagName === 'TEXTAREA') return entry?.value ?? control.textContent;
  if (control.tagName === 'SELECT') return chosenOption(control, entry?.value);
  if (type === 'radio' && !entry && chosenRadios.has(control.getAttribute('name')))
    return undefined;
  if (type === 'checkbox' || type === 'radio')
    return (entry?.checked ?? control.hasAttribute('checked')) ? (value ?? 'on') : undefined;
  return entry?.value ?? value ?? '';
}

function chosenOption(select: HTMLElement, wanted: string | undefined): string {
  const options = select.querySelectorAll('option');
  const chosen =
    wanted === undefined
      ? (options.find((option) => option.hasAttribute('selected')) ?? options[0])
      : options.find((option) => textOf(option) === wanted || optionValue(option) === wanted);
  if (!chosen) throw new Error(`${select.getAttribute('name')} has no option ${wanted}`);
  return optionValue(chosen);
}

function optionValue(option: HTMLElement): string {
  return option.getAttribute('value') ?? textOf(option);
}
