import { TourLog, type TourDeed, type Logged } from '../../src/demo/tour/tour-log.js';

const SATO = 'a';
const TANAKA = 'b';

const entry = (
  accountId: string | null,
  act: Logged['act'],
  reason: Logged['reason'] = 'done',
) => ({
  accountId,
  act,
  reason,
});

const WRONG: TourDeed = ['sign-in', 'password-wrong'];

it.each<[string, boolean, TourDeed[], Logged[]]>([
  ['nothing happened', false, ['sign-in'], []],
  ['the deed happened', true, ['sign-in'], [entry(SATO, 'sign-in')]],
  ['it failed', false, ['sign-in'], [entry(SATO, 'sign-in', 'password-wrong')]],
  ['it failed as it should', true, [WRONG], [entry(SATO, 'sign-in', 'password-wrong')]],
  [
    'it concerns no account',
    true,
    ['password-reset-request'],
    [entry(null, 'password-reset-request')],
  ],
  [
    'two follow each other with others between',
    true,
    [WRONG, 'sign-in'],
    [entry(SATO, 'sign-in', 'password-wrong'), entry(TANAKA, 'sign-in'), entry(SATO, 'sign-in')],
  ],
  [
    'two stand the other way round',
    false,
    [WRONG, 'sign-in'],
    [entry(SATO, 'sign-in'), entry(SATO, 'sign-in', 'password-wrong')],
  ],
  [
    'two concern different accounts',
    false,
    ['initial-registration', 'activation'],
    [entry(SATO, 'initial-registration'), entry(TANAKA, 'activation')],
  ],
])('when %s: %s', (_, expected, deeds, entries) => {
  expect(new TourLog(entries).has(...deeds)).toBe(expected);
});
