import { interruptedAct } from '../../src/auth/confirmation/interrupted-acts.js';

it.each([
  ['/desk/notices/new', 'TOPページのお知らせの追加'],
  ['/desk/notices/0', 'TOPページのお知らせの変更'],
  ['/desk/applications/new', 'TOPページのサービスの追加'],
  ['/desk/applications/0', 'TOPページのサービスの変更'],
])('the question for the factor at %s calls the act %s', (path, words) => {
  expect(interruptedAct(path)?.text).toBe(words);
});
