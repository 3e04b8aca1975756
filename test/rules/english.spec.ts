import {
  contentOf,
  filesBelow,
  sentencesOfSource,
  sentencesOfTemplate,
} from '../support/sentences.js';

const english = JSON.parse(contentOf('views/english.json')) as Record<string, string>;

const sentences = new Set([
  ...filesBelow('views', '.hbs').flatMap((file) => sentencesOfTemplate(contentOf(file))),
  ...filesBelow('src', '.ts').flatMap((file) => sentencesOfSource(contentOf(file))),
]);

const placeholders = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();

it('has English for every sentence', () => {
  expect([...sentences].filter((sentence) => !(sentence in english))).toEqual([]);
});

it('has no English that nobody reads', () => {
  expect(Object.keys(english).filter((sentence) => !sentences.has(sentence))).toEqual([]);
});

it('names the time zone once: a moment in English ends with it', () => {
  const doubled = Object.values(english).filter((text) => /\} \(Japan time\)/.test(text));
  expect(doubled).toEqual([]);
});

it('fills the same values into both languages', () => {
  const different = Object.entries(english).filter(
    ([japanese, translated]) => `${placeholders(japanese)}` !== `${placeholders(translated)}`,
  );
  expect(different).toEqual([]);
});

it('has no "at" before a moment, which holds one already', () => {
  const doubled = Object.values(english).filter((text) => /\bat \{time\}/i.test(text));
  expect(doubled).toEqual([]);
});

it('has one spelling for one word', () => {
  const other = /recogniz|organiz|apologiz|\bcanceled|\b(?:log|logged|logging|logs) (?:in|out)\b/i;
  expect(Object.values(english).filter((text) => other.test(text))).toEqual([]);
});
