import { contentOf, filesBelow } from './support/sentences.js';

const templates = filesBelow('views', '.hbs');

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
