import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { TemplateCompiler, templatesBelow, type Template } from '../web/pages/template-compiler.js';
import { inWords, type Language } from '../web/texts.js';
import { lookOf, mailStyleSheet } from './mail-looks.js';

/** A mail in its two forms. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

type Form = 'html' | 'text';

/** Filled in while the text is written; the head of the HTML repeats it. */
interface Head {
  subject: string;
  /** The first sentence, which mail programs show beside the subject. */
  preheader: string;
}

interface Templates {
  mails: Map<string, Template>;
  layout: Template;
}

/** Shared by all applications of a process. */
let compiled: Record<Language, Record<Form, Templates>> | undefined;

/**
 * Each mail is one template in the words of a mail (`paragraph`, `button`, `facts`, …). It is
 * compiled in two forms, for each language: a word as plain text is a template in
 * `views/mails/text`, and as HTML in `views/mails/html`.
 */
@Injectable()
export class MailTemplates {
  readonly #forms = (compiled ??= { ja: compileBoth('ja'), en: compileBoth('en') });

  /** @param facts moments in it are written in the reader's words */
  write(mail: string, language: Language, facts: object): Letter {
    const model = inWords(facts, language);
    const { text, html } = this.#forms[language];
    const head: Head = { subject: '', preheader: '' };
    const body = written(text, mail, model, head)
      .replace(/\n\s*\n/g, '\n\n')
      .trim();
    const rows = new Handlebars.SafeString(written(html, mail, model, head));
    return {
      subject: head.subject,
      text: text.layout({ ...model, body }),
      html: withWholeTimes(
        html.layout({ ...model, title: head.subject, preheader: head.preheader, body: rows }),
      ),
    };
  }
}

/** Days and times, of the templates and of the configured hours, are not broken across lines. */
const DAY_OR_TIME = new RegExp(
  [
    /\d{4}年\d+月\d+日(?:\([日月火水木金土]\))?(?: \d+時\d\d分)?|\d+時\d\d分(?:[〜～-]\d+時\d\d分)?/,
    /\d{1,2} (?:Jan|Febr|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]* \d{4}/,
    /\d{1,2}:\d\d \(Japan time\)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

function withWholeTimes(html: string): string {
  const body = html.indexOf('<body');
  const whole = '<span style="white-space:nowrap">$&</span>';
  return html.slice(0, body) + html.slice(body).replace(DAY_OR_TIME, whole);
}

function written({ mails }: Templates, mail: string, model: object, head: Head): string {
  const template = mails.get(mail);
  if (!template) throw new Error(`No mail is named ${mail}`);
  return template(model, { data: { head } });
}

function compileBoth(language: Language): Record<Form, Templates> {
  return { text: compileForm('text', language), html: compileForm('html', language) };
}

function compileForm(form: Form, language: Language): Templates {
  const compiler = new TemplateCompiler(language, form === 'text');
  addHelpers(compiler);
  const words = new Map(
    [...templatesBelow(`mails/${form}`)].map(([name, source]) => [name, compiler.compile(source)]),
  );
  const helper = form === 'text' ? wordOfText : wordOfHtml(language === 'ja' ? '' : ' ');
  for (const [name, template] of words) compiler.addHelper(name, helper(template, name));
  for (const [name, source] of templatesBelow('mails/partials'))
    compiler.compilePartial(name, source);
  const mails = [...templatesBelow('mails')].filter(([name]) => !name.includes('/'));
  return {
    layout: words.get('layout')!,
    mails: new Map(mails.map(([name, source]) => [name, compiler.compile(source)])),
  };
}

function addHelpers(compiler: TemplateCompiler): void {
  const frame = 'role="presentation" border="0" cellpadding="0" cellspacing="0"';
  compiler.addHelper('layout-table', () => new Handlebars.SafeString(frame));
  compiler.addHelper('style-sheet', () => new Handlebars.SafeString(mailStyleSheet()));
  compiler.addHelper('look', (name: string) => new Handlebars.SafeString(lookOf(name)));
  compiler.addHelper('page-url', (path: string, { data }: Handlebars.HelperOptions) => {
    const { root } = data as { root: { publicUrl: string } };
    return `${root.publicUrl}${path}`;
  });
  compiler.addHelper('subject', function (this: unknown, { fn, data }: Handlebars.HelperOptions) {
    const { head } = data as { head: Head };
    head.subject ||= linesOf(fn(this)).join(' ');
    return '';
  });
}

/** A word with empty lines around it and none within. What somebody entered stays on one line. */
function wordOfText(template: Template, name: string): Handlebars.HelperDelegate {
  return function (this: unknown, { fn, hash, data }: Handlebars.HelperOptions) {
    const lines = fn ? linesOf(fn(this)) : [];
    if (name === 'paragraph') (data as { head: Head }).head.preheader ||= lines[0] ?? '';
    const model = { lines, content: lines.join('\n'), ...onOneLine(hash as object) };
    return `\n\n${template(model, { data: data as object }).trim()}\n\n`;
  };
}

function wordOfHtml(glue: string) {
  return (template: Template): Handlebars.HelperDelegate =>
    function (this: unknown, { fn, hash, data }: Handlebars.HelperOptions) {
      // The block is HTML that the templates have escaped already.
      const lines = fn ? linesOf(fn(this)).map((line) => new Handlebars.SafeString(line)) : [];
      const content = new Handlebars.SafeString(lines.join(glue));
      const model = { lines, content, ...(hash as object) };
      return new Handlebars.SafeString(template(model, { data: data as object }));
    };
}

function linesOf(block: string): string[] {
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function onOneLine(values: object): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && value.includes('\n') ? linesOf(value).join(' ') : value,
    ]),
  );
}
