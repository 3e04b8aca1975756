import { FILLED_BY_PAGES } from '../src/web/forms/entered.js';
import { isSecret } from '../src/web/forms/forms.js';
import { contentOf, filesBelow } from './support/sentences.js';

const templates = filesBelow('views', '.hbs');

/**
 * Forms whose entries a choice of the language does not keep (docs/decisions/057): beside the one that
 * it keeps (`gk-form`), which a page has once, or about the language itself.
 */
const LOST = [
  'views/desk/case.hbs: assignee',
  'views/desk/case.hbs: why, goesOn',
  'views/desk/case.hbs: why',
  'views/ip-restriction/draft.hbs: network',
  'views/own/language.hbs: language, language',
  'views/own/passkeys.hbs: {{field}}',
];

/** Never kept. */
const OF_EVERY_FORM = new Set(['act', 'formId', 'interrupted', 'interruptedFile']);

describe('templates', () => {
  const pages = templates.filter((file) => !file.startsWith('views/mails/'));
  const html = templates.filter((file) => !file.startsWith('views/mails/text/'));

  it.each([
    ['escape everything', /\{\{\{|\{\{&|SafeString/, templates],
    ['have no script of their own', /<script(?![^>]*\ssrc=)[^>]*>|<script[^>]*>\s*[^\s<]/i, html],
    ['have no handlers of their own', /\s(?:on[a-z]+|hx-on[\w:.-]*)\s*=/i, html],
    ['run nothing from an attribute', /["'\s](?:js|javascript):/i, html],
    ['have no style of their own', /<style\b|\sstyle\s*=/i, pages],
    ['delete by posting', /\shx-(?:delete|put|patch)\b/i, html],
    ['load nothing from elsewhere', /\s(?:src|data|poster)="(?:https?:)?\/\//i, html],
  ])('%s', (_, forbidden, files) => {
    const wrong = files.filter((file) => forbidden.test(withoutComments(contentOf(file))));
    expect(wrong).toEqual([]);
  });

  it('name no two regions by one heading', () => {
    const twice = pages.filter((file) => {
      const names = contentOf(file).match(/aria-labelledby="[^"{]+"/g) ?? [];
      return new Set(names).size < names.length;
    });
    expect(twice).toEqual([]);
  });

  it('quote every attribute', () => {
    const wrong = html.flatMap((file) =>
      tagsOf(contentOf(file))
        .filter((tag) => /=(?!")/.test(tag.replace(/"[^"]*"/g, '""')))
        .map((tag) => `${file}: ${tag}`),
    );
    expect(wrong).toEqual([]);
  });

  it('have forms that post to where they are read, or search', () => {
    const wrong = pages.flatMap((file) =>
      tagsOf(contentOf(file))
        .filter((tag) => /^<form\b/.test(tag) && !/\smethod="(?:post|get)"/.test(tag))
        .map((tag) => `${file}: ${tag}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('forms', () => {
  const forms = templates
    .filter((file) => /^views\/(?!mails|partials)/.test(file))
    .flatMap((file) =>
      [...withPartials(contentOf(file)).matchAll(/<form\b([\s\S]*?)<\/form>/g)]
        .map(([form]) => ({ file, form, isKept: form.includes(' id="gk-form"') }))
        // What is searched and filtered stands in the address as soon as it is sent.
        .filter(({ form }) => form.includes('method="post"')),
    );

  it('keep what was typed where another language is chosen', () => {
    const lost = forms
      .filter(({ isKept }) => !isKept)
      .map(({ file, form }) => ({ file, entries: entriesOf(form) }))
      .filter(({ entries }) => entries.length > 0)
      .map(({ file, entries }) => `${file}: ${entries.join(', ')}`);
    expect(lost).toEqual(LOST);
  });

  it('fill in no field themselves that counts as typed', () => {
    const named = forms
      .filter(({ file }) => !/\/(?:demo|log)\/|\/desk\/log\./.test(file))
      .flatMap(({ form }) => [...form.matchAll(/<input type="hidden" name="(\w+)"/g)])
      .map(([, name]) => name!)
      .filter((name) => !isSecret(name) && !OF_EVERY_FORM.has(name) && !FILLED_BY_PAGES.has(name));
    expect([...new Set(named)].sort()).toEqual([]);
  });

  it('tick again what was ticked in them', () => {
    const choices = forms
      .filter(({ isKept }) => isKept)
      .flatMap(
        ({ form }) =>
          form.match(/<input type="(?:checkbox|radio)".*?>(?= ?<span)|<option .*?<\/option>/g) ??
          [],
      );
    expect(choices.length).toBeGreaterThan(5);
    expect(choices.filter((choice) => !/\{\{ticked |form\.values/.test(choice))).toEqual([]);
  });
});

/** The fields that people fill in, but secrets, files, and the ID for password managers. */
function entriesOf(form: string): string[] {
  const tags = /\{\{> (?:textarea-)?field\b[^}]*|<(?:input|select|textarea)\b.*?>/g;
  return [...form.matchAll(tags)]
    .filter(([tag]) => !/type="hidden"|autocomplete="username"/.test(tag))
    .flatMap(([tag]) => {
      const [, quoted, variable] = / name=(?:"([^"]*)"|(\w+))/.exec(tag) ?? [];
      return quoted ?? (variable ? [`{{${variable}}}`] : []);
    })
    .filter((name) => !isSecret(name));
}

/** Fields are partials themselves, and stay: the names stand where they are asked for. */
function withPartials(template: string): string {
  return withoutComments(template).replace(
    /\{\{> (?!(?:\w+-)?field\b|icon\b|form-id\b)([\w-]+)[^}]*\}\}/g,
    (_, name: string) => withPartials(contentOf(`views/partials/${name}.hbs`)),
  );
}

function withoutComments(template: string): string {
  return template.replace(/\{\{!--[\s\S]*?--\}\}/g, '').replace(/\{\{![^}]*\}\}/g, '');
}

/** The tags, with whatever Handlebars puts into them left out. */
function tagsOf(template: string): string[] {
  return (
    withoutComments(template)
      .replace(/\{\{[\s\S]*?\}\}/g, '')
      .match(/<[a-z][^>]*>/gi) ?? []
  );
}
