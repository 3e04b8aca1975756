import type { Page } from 'playwright-core';
import { mailPreviews } from '../../src/demo/mail-previews.js';
import { languages } from '../../src/web/texts.js';
import { Stage } from './stage.js';

const stage = Stage.forThisFile({ embedded: true });

const TIMES = String.raw`\d{4}年\d+月\d+日\(.\)|\d+時\d\d分|\d+ [A-Z][a-z]+ \d{4}|\d\d:\d\d \(Japan time\)`;

/** How many times a mail tells, and those that begin in one line and end in another. */
const timesOf = (page: Page) =>
  page.evaluate((pattern) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const broken: string[] = [];
    let count = 0;
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      if (text.parentElement!.closest('.preheader')) continue;
      for (const { index, 0: time } of text.data.matchAll(new RegExp(pattern, 'g'))) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + time.length);
        count += 1;
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
        if (new Set(tops).size > 1) broken.push(time);
      }
    }
    return { count, broken };
  }, TIMES);

it.each(languages)('no mail breaks a day or a time across lines (%s)', async (language) => {
  const page = await stage.newPage({ javaScript: false });
  // One document of all, because each visit takes longer than all of them together.
  const mails = mailPreviews.map(async ({ name }) => {
    const mail = await fetch(`${stage.genkan.url}/dev/mails/${name}/${language}`);
    return mail.text();
  });
  await page.setContent((await Promise.all(mails)).join('\n'));
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const { count, broken } = await timesOf(page);
    expect([width, broken]).toEqual([width, []]);
    expect(count).toBeGreaterThan(mailPreviews.length);
  }
});
