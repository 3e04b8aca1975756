import type { HTMLElement } from 'node-html-parser';
import type { Visitor } from './browser.js';
import type { Answer } from './http.js';
import { ancestorOf, textOf, type Page } from './page.js';

/** A person's change of a field since the page was drawn. */
export interface Entry {
  value?: string;
  checked?: boolean;
  file?: Uint8Array;
}

interface FormPost {
  method: 'GET' | 'POST';
  action: string;
  fields: [name: string, value: string][];
  /** The files of a form that may carry some, empty where none was chosen. */
  files: [name: string, file: Uint8Array][] | undefined;
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
  const typed = controls.filter((control) => !isFileField(control));
  const chosenRadios = new Set(
    [...entries].filter(([, { checked }]) => checked).map(([field]) => field.getAttribute('name')),
  );
  const fields = typed.flatMap((control): [string, string][] => {
    const value = valueOf(control, button, entries.get(control), chosenRadios);
    return value === undefined ? [] : [[control.getAttribute('name')!, value]];
  });
  return {
    method: (said(button, form, 'method') ?? 'get').toUpperCase() === 'POST' ? 'POST' : 'GET',
    action: said(button, form, 'action') ?? page.url.href,
    fields,
    files:
      said(button, form, 'enctype') === 'multipart/form-data'
        ? controls
            .filter(isFileField)
            .map((field) => [
              field.getAttribute('name')!,
              entries.get(field)?.file ?? new Uint8Array(),
            ])
        : undefined,
  };
}

/** A button may say otherwise than its form. */
function said(button: HTMLElement, form: HTMLElement, name: string): string | undefined {
  return button.getAttribute(`form${name}`) ?? form.getAttribute(name);
}

/** What sends the form of the page as it is now, however often. */
export function formOn(
  person: Visitor,
  button: string,
  { of, typed = {} }: { of?: string; typed?: object } = {},
): () => Promise<Answer> {
  const post = formPost(person.page, person.page.button(button, of), new Map());
  const fields = { ...Object.fromEntries(post.fields), ...typed };
  return () => person.sends('POST', post.action, { fields });
}

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';

/** As a browser puts fields and files into one body; a file that was not chosen has no name. */
export function multipartOf({ fields, files = [] }: FormPost) {
  const texts = fields.map(([name, value]) =>
    partOf(`name="${name}"`, value.replace(/\r?\n/g, '\r\n')),
  );
  const chosen = files.map(([name, file]) =>
    partOf(
      `name="${name}"; filename="${file.length > 0 ? 'list.csv' : ''}"\r\nContent-Type: text/csv`,
      file,
    ),
  );
  const body = Buffer.concat([...texts, ...chosen, Buffer.from(`--${BOUNDARY}--\r\n`)]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } };
}

function partOf(about: string, content: string | Uint8Array): Buffer {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; ${about}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content as string), Buffer.from('\r\n')]);
}

function isFileField(control: HTMLElement): boolean {
  return control.getAttribute('type') === 'file';
}

function formOf(page: Page, control: HTMLElement): HTMLElement | null {
  const id = control.getAttribute('form');
  return id ? page.root.getElementById(id) : ancestorOf(control, 'FORM');
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
