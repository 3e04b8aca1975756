import { mailPreviews } from '../../src/demo/mail-previews.js';
import { MAIL_KINDS } from '../../src/mail/mail-kinds.js';
import { MailTemplates } from '../../src/mail/mail-templates.js';
import { languages, type Language } from '../../src/web/texts.js';
import { wordsOfHtml } from '../support/mail-forms.js';
import { contentOf, filesBelow } from '../support/sentences.js';

const EVERY_MAIL = {
  serviceName: '法人WEBシステム',
  operatorName: '株式会社サンプル',
  deskMail: 'desk@sample.example',
  deskPhone: '03-0000-0000',
  deskHours: '平日 9時から18時',
  mailFrom: 'noreply@sample.example',
  publicUrl: 'https://genkan.example',
};
const HOSTILE = '<i class="x">&lt;\n> {{name}} https://evil.example';

interface Preview {
  mail: string;
  model: object;
}

const templates = new MailTemplates();
const write = ({ mail, model }: Preview, language: Language) =>
  templates.write(mail, language, { ...EVERY_MAIL, language, ...model });

const letters = languages.flatMap((language) =>
  mailPreviews.map((preview) => ({
    name: `${preview.name} (${language})`,
    language,
    preview,
    ...write(preview, language),
  })),
);

it('every mail that is queued has one template, and a preview', () => {
  const queued = filesBelow('src', '.ts').flatMap((file) =>
    [...contentOf(file).matchAll(/[Qq]ueue\w*\(\s*'([a-z-]+)'/g)].map(([, mail]) => mail!),
  );
  const kinds = [...new Set(queued)].sort();
  const written = filesBelow('views/mails', '.hbs')
    .map((file) => file.slice('views/mails/'.length, -'.hbs'.length))
    .filter((name) => !name.includes('/'))
    .sort();
  const shown = [...new Set(mailPreviews.map(({ mail }) => mail))].sort();
  expect(kinds.length).toBeGreaterThan(40);
  expect(written).toEqual(kinds);
  expect(shown).toEqual(kinds);
  expect(Object.keys(MAIL_KINDS).sort()).toEqual(kinds);
});

describe.each(letters)('$name', ({ language, preview, subject, text, html }) => {
  it('misses no value in either form', () => {
    for (const part of [subject, text, wordsOfHtml(html)]) {
      expect(part).not.toBe('');
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\{\w*\}|\{\{/);
    }
  });

  it('leads to one page by one button, if at all, and has each URL on a line of its own', () => {
    expect(html.match(/class="button"/g)?.length ?? 0).toBeLessThanOrEqual(1);
    const urls = text.match(/https?:\S+/g) ?? [];
    expect(text.match(/^https?:\S+$/gm) ?? []).toEqual(urls);
    for (const url of urls) expect(html).toContain(`>${url}</a>`);
  });

  it('says no sentence twice in a row, and leaves no hole', () => {
    for (const part of [text, wordsOfHtml(html)]) {
      const sentences = part.split(/(?<=。)|(?<=\.)\s|\n+/).map((sentence) => sentence.trim());
      const said = sentences.filter((sentence) => sentence !== '');
      expect(said.filter((sentence, place) => sentence === said[place - 1])).toEqual([]);
    }
    expect(text).not.toMatch(/\n\s*\n\s*\n|^\s|[^\n]\n--\n/);
  });

  it('names subject and language in its head, and the desk and the sender at its end', () => {
    expect(html).toMatch(/^<!doctype html>\n/);
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).toContain(`<title>${subject}</title>`);
    const [, preheader] = /class="preheader"[^>]*>([^<]*)</.exec(html)!;
    expect(wordsOfHtml(html).split(preheader!).length).toBeGreaterThan(1);
    expect(preheader).not.toBe('');
    for (const part of [text, wordsOfHtml(html)])
      expect(part.slice(-300)).toMatch(/株式会社サンプル 法人WEB[^]*desk@sample[^]*noreply@sample/);
  });

  it('takes whatever somebody entered for text', () => {
    const hostile = hostileIn(preview.model);
    const { text: plain, html: page } = write({ ...preview, model: hostile }, language);
    expect(page).not.toMatch(/<i\b|&lt;i class="x"|&amp;amp;/);
    expect(plain).not.toContain('&quot;');
  });
});

it('a fact or a statement of several lines adds no line of its own', () => {
  const request = mailPreviews.find(({ mail }) => mail === 'ip-request')!;
  const purpose = '在宅\n\nhttps://evil.example';
  const { text } = write({ ...request, model: { ...request.model, purpose } }, 'ja');
  expect(text).toContain('目的：在宅 https://evil.example\n');
  const words = mailPreviews.find(({ mail }) => mail === 'statement-for-desk')!;
  const statement = ['', 'https://evil.example'];
  const quoted = write({ ...words, model: { ...words.model, statement } }, 'ja').text;
  expect(quoted).toContain('\n> \n> https://evil.example\n');
});

it.each([
  'objection-for-desk',
  'review-for-desk',
  'statement-for-desk',
  'unwitnessed-for-desk',
  'untold-for-desk',
])('%s shows the page of the case, and a command only where the desk has no pages', (mail) => {
  const preview = mailPreviews.find(({ name }) => name === mail)!;
  const url = 'https://genkan.example/desk/cases/K7M2-9QXA';
  for (const language of languages) {
    const withPage = write({ ...preview, model: { ...preview.model, url } }, language);
    const without = write({ ...preview, model: { ...preview.model, url: '' } }, language);
    for (const form of ['text', 'html'] as const) {
      expect(withPage[form]).toContain(url);
      expect(withPage[form]).not.toMatch(/genkan (enrollment|review)/);
      expect(without[form]).toMatch(/genkan (enrollment|review)/);
    }
  }
});

function hostileIn(model: object): object {
  return Object.fromEntries(
    Object.entries(model).map(([name, value]: [string, unknown]) => [name, asHostile(value)]),
  );
}

/** Moments, sentences, and what is not said at all stay as they are. */
function asHostile(value: unknown): unknown {
  if (typeof value === 'string') return value && HOSTILE;
  if (!Array.isArray(value)) return value;
  return value.map((each: unknown) =>
    typeof each === 'string' ? HOSTILE : hostileIn(each as object),
  );
}
