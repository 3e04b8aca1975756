import { number, size, type Row } from './rows.ts';
import type { Samples } from './samples.ts';

/** Three lines a flood. */
export function floodRows(samples: Samples): Row[] {
  const floods = Object.keys(samples.all)
    .filter((name) => name.endsWith(' strange'))
    .map((name) => name.replace(/ strange$/, ''));
  const rows = floods.flatMap((flood) => {
    const m = (figure: string) => samples.median(`${flood} ${figure}`);
    const times = `${number(m('quietMs'))} → ${number(m('floodMs'))} ms; known ${number(m('knownSlower'))}, recovering and registering ${number(m('stepsSlower'))}`;
    const written = `flood: ${number(m('answered'))} compared, ${number(m('refused'))} refused; tables +${number(m('grewKiB'))} KiB, WAL ${number(m('walKiB'))} KiB`;
    return [
      share(
        `flood, ${flood}: new browsers, recoveries, registrations`,
        m('strange'),
        0.95,
        written,
      ),
      share(`flood, ${flood}: known browsers`, m('known'), 1, ''),
      size(`flood, ${flood}: sign-in p50 ÷ quiet`, m('strangeSlower'), '', times, [2]),
    ];
  });
  const cpu = `CPU ${number(samples.median('refusalCpu'))} of ${number(samples.median('signInCpu'))} ms`;
  return [
    ...rows,
    size(
      '1,000,000 refused posts, tables',
      samples.median('refusedKiB'),
      'KiB',
      `counted from ${number(samples.median('refusedPosts'))}`,
      [1024],
    ),
    size('refused post ÷ sign-in, CPU', samples.median('refusalShare'), '', cpu, [0.02]),
  ];
}

function share(name: string, value: number, must: number, beside: string): Row {
  return { name, value, unit: '', beside, must, more: true };
}
