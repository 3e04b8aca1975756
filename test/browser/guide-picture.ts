import type { Page } from 'playwright-core';

export const PICTURE = { width: 390, height: 480 };

/**
 * The top of the page, or of `from`, when the framed act is in it too; else the part that ends below
 * the act, under the title of the page.
 */
export async function pictureOf(page: Page, from: string, act: string): Promise<Buffer> {
  const y = await page.evaluate(framed, { from, act, height: PICTURE.height });
  const png = await page.screenshot({ clip: { x: 0, y, ...PICTURE } });
  return Buffer.from(await page.evaluate(toWebp, png.toString('base64')), 'base64');
}

/** Runs in the page. @returns where the picture begins */
function framed(of: { from: string; act: string; height: number }): number {
  const TITLE = 44;
  const MARGIN = 12;
  const boxes: { style: Partial<CSSStyleDeclaration>; text?: string | undefined }[] = [];
  // The browser of the tests has the English form of dates alone.
  for (const field of document.querySelectorAll<HTMLInputElement>('[type=date]'))
    field.type = 'text';
  const start = document.querySelector(of.from)!;
  scrollBy(0, start.getBoundingClientRect().top - TITLE - MARGIN);
  const found = [...document.querySelectorAll(of.act)];
  const acts = (of.act.includes(',') ? found : found.slice(0, 1)).map((each) =>
    each.getBoundingClientRect(),
  );
  for (const { top, left, width, height } of acts)
    boxes.push({
      style: {
        top: `${top - 6}px`,
        left: `${left - 6}px`,
        width: `${width + 12}px`,
        height: `${height + 12}px`,
        border: '4px solid #cc0044',
        borderRadius: '8px',
      },
    });
  const begin = start.getBoundingClientRect().top;
  const lowest = Math.max(...acts.map(({ bottom }) => bottom)) + MARGIN - of.height;
  const title = document.querySelector('h1')!;
  const isTop = begin >= lowest && begin <= title.getBoundingClientRect().top;
  // No line of text is cut below the title.
  const parts = [
    ...document.querySelectorAll(
      'main :is(h2, p:not(.gk-hint), dt, label, li, tr, .gk-field, .gk-actions)',
    ),
  ];
  const tops = parts.map((part) => part.getBoundingClientRect().top - MARGIN - TITLE);
  const below = Math.min(
    ...tops.filter((top) => top > Math.max(lowest, begin - TITLE - MARGIN) - 1),
  );
  const y = isTop ? begin : below;
  if (!isTop)
    boxes.push({
      text: title.innerText.split('\n').at(-1),
      style: {
        top: `${y}px`,
        left: '0',
        width: '100%',
        height: `${TITLE}px`,
        padding: '0 16px',
        background: '#ffffff',
        borderBottom: '2px dashed #aaaaaa',
        fontWeight: '700',
        lineHeight: `${TITLE}px`,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      },
    });
  for (const { style, text = '' } of boxes) {
    const box = document.createElement('div');
    Object.assign(box.style, { position: 'fixed', zIndex: '9', ...style });
    box.textContent = text;
    document.body.append(box);
  }
  return y;
}

/** Runs in the page: few shades of each colour take half the bytes, and nobody sees the difference. */
async function toWebp(png: string): Promise<string> {
  const SHADE = 17;
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const drawn = context.getImageData(0, 0, image.width, image.height);
  drawn.data.forEach((value, at) => (drawn.data[at] = Math.round(value / SHADE) * SHADE));
  context.putImageData(drawn, 0, 0);
  // With this quality nothing is lost.
  const made = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
  const letters = new Uint8Array(await made.arrayBuffer()).reduce(
    (text, byte) => text + String.fromCharCode(byte),
    '',
  );
  return btoa(letters);
}
