import { translate } from '../../src/web/texts.js';
import { say } from '../../src/web/sentence.js';
import { timeLeft, timeline } from '../../src/web/timeline.js';

const at = (minutes: number, seconds = 0) => new Date((minutes * 60 + seconds) * 1000);
const start = { label: say('開始'), at: at(0) };

it.each([
  [at(0), 'あと10分'],
  [at(2, 59), 'あと8分'],
  [at(9), 'あと1分以内'],
  [at(10), '時間になりました'],
  [at(-50), 'あと60分'],
  [at(-50, -1), 'あと1時間0分'],
  [at(-47 * 60), 'あと47時間10分'],
  [at(-71 * 60 - 50), 'あと3日'],
  [at(-71 * 60), 'あと2日と23時間'],
])('tells how long is left at %j', (now, words) => {
  expect(translate(timeLeft(now, at(10)), 'ja')).toBe(words);
});

it.each([
  [at(-1), 0, [false, false]],
  [at(0), 0, [true, false]],
  [at(4), 40, [true, false]],
  [at(10), 100, [true, true]],
  [at(11), 100, [true, true]],
])('puts now at its share of the way at %j', (now, place, past) => {
  const drawn = timeline(now, [start, { label: say('試行の終了'), at: at(10) }]);
  expect(drawn.now).toBe(place);
  expect(drawn.points.map(({ isPast }) => isPast)).toEqual(past);
});

it('keeps three points at equal distances', () => {
  const points = [at(20), at(100)].map((moment) => ({ label: say('確定'), at: moment }));
  const drawn = timeline(at(60), [start, points[0]!, points[1]!]);
  expect(drawn.points.map(({ place }) => place)).toEqual([0, 50, 100]);
  expect(drawn.now).toBe(75);
});
