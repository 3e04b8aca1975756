import { partsOfCompanyName } from '../../src/web/pages/company-name.js';

it.each([
  ['有限会社つばめ運輸', ['有限会社', 'つばめ運輸']],
  ['青葉商事株式会社', ['青葉商事', '株式会社']],
  ['一般社団法人みどり', ['一般社団法人', 'みどり']],
  ['株式会社', ['株式会社']],
  ['Sakura Holdings', ['Sakura Holdings']],
])('%s breaks between words alone', (name, parts) => {
  expect(partsOfCompanyName(name)).toEqual(parts);
});
