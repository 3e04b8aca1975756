import { arrive, placeOf, times, turnsOf, type Asker } from '../support/admission.js';

describe('turns', () => {
  it.each<[string, Asker[], Asker[]]>([
    [
      'go in the order of arrival among equals',
      ['strange a/1/x', 'strange b/1/x', 'strange c/1/x'],
      ['strange a/1/x', 'strange b/1/x', 'strange c/1/x'],
    ],
    [
      'go round the networks, however many of one wait',
      [...times(3, 'strange a/1/x'), 'strange b/1/x'],
      ['strange a/1/x', 'strange b/1/x', ...times(2, 'strange a/1/x')],
    ],
    [
      'go round the clients of a network',
      [...times(3, 'strange a/1/x'), 'strange a/2/x'],
      ['strange a/1/x', 'strange a/2/x', ...times(2, 'strange a/1/x')],
    ],
    [
      'go round the actors of a client',
      ['known a/1/x', 'known a/1/x', 'known a/1/y'],
      ['known a/1/x', 'known a/1/y', 'known a/1/x'],
    ],
    [
      'take known and strange in turns, known first',
      [...times(3, 'strange a/1/x'), 'known b/1/x', 'known c/1/x'],
      ['known b/1/x', 'strange a/1/x', 'known c/1/x', ...times(2, 'strange a/1/x')],
    ],
  ])('%s', (_, names, turns) => {
    const { admission } = arrive(names);
    expect(turnsOf(admission)).toEqual(turns);
  });

  it('come to whoever waited in vain after those who did not', () => {
    const { admission } = arrive([]);
    const inVain = placeOf('strange a/1/x');
    for (const act of ['enter', 'leave', 'enter'] as const) admission[act](inVain);
    admission.enter(placeOf('strange new/1/x'));
    expect(turnsOf(admission)).toEqual(['strange new/1/x', 'strange a/1/x']);
  });

  it.each(['strange', 'known'] as const)(
    'come to whoever was served lately although ever new ones arrive: %s',
    (lane) => {
      const { admission } = arrive([`${lane} a/1/x`]);
      turnsOf(admission);
      admission.enter(placeOf(`${lane} a/1/x`));
      const others = lane === 'known' ? 'strange' : 'known';
      const turns: string[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        for (const name of [`${lane} a/new-${turn}/x`, `${lane} new-${turn}/1/x`] as const)
          admission.enter(placeOf(name));
        admission.enter(placeOf(`${others} b/1/x`));
        const place = admission.next()!;
        turns.push(place.name);
        admission.leave(place);
      }
      expect(turns).toContain(`${lane} a/1/x`);
    },
  );

  it('are as many at once as may work', () => {
    const { admission } = arrive(['strange a/1/x', 'strange b/1/x', 'strange c/1/x'], {
      atOnce: 2,
    });
    const [first] = [admission.next()!, admission.next()!];
    expect(admission.next()).toBeUndefined();
    admission.leave(first);
    expect(admission.next()!.name).toBe('strange c/1/x');
  });

  it('leave a place to others where one network may not have all', () => {
    const limits = { atOnce: 2, atOnceOfNetwork: 1 };
    const { admission } = arrive(['known a/1/x', 'known a/2/x', 'known b/1/x'], limits);
    const first = admission.next()!;
    expect([first.name, admission.next()!.name]).toEqual(['known a/1/x', 'known b/1/x']);
    admission.leave(first);
    expect(admission.next()!.name).toBe('known a/2/x');
  });

  it('forget after 1,024 turns who was served', () => {
    const { admission } = arrive(['strange a/1/x']);
    turnsOf(admission);
    for (let turn = 0; turn < 1_024; turn += 1) {
      admission.enter(placeOf('strange other/1/x'));
      turnsOf(admission);
    }
    admission.enter(placeOf('strange a/1/x'));
    admission.enter(placeOf('strange fresh/1/x'));
    expect(turnsOf(admission)[0]).toBe('strange a/1/x');
  });
});

describe('a part of the room', () => {
  it.each<[string, Asker[], number]>([
    ['of a client', times(8, 'strange a/1/x'), 4],
    ['of a network', [...times(3, 'strange a/1/x'), ...times(4, 'strange a/2/x')], 6],
    ['of a known actor', times(8, 'known a/1/x'), 2],
    [
      'of known actors with one client',
      [...times(2, 'known a/1/x'), 'known a/1/y', 'known a/1/z', 'known a/1/y'],
      4,
    ],
  ])('%s is all that it gets', (_, names, found) => {
    expect(arrive(names).entered.filter(Boolean)).toHaveLength(found);
  });

  it('counts those who work too', () => {
    const { admission } = arrive(times(4, 'strange a/1/x'));
    const first = admission.next()!;
    expect(admission.enter(placeOf('strange a/1/x')).ok).toBe(false);
    admission.leave(first);
    expect(admission.enter(placeOf('strange a/1/x')).ok).toBe(true);
  });

  it('is no part of what strangers type: login IDs of others cannot be filled up', () => {
    const names = ['a', 'b', 'c', 'd'].map((network): Asker => `strange ${network}/1/sato`);
    expect(arrive(names).entered).toEqual([true, true, true, true]);
  });

  it('is kept for known browsers, however many strangers wait', () => {
    const crowd = ['a', 'b', 'c'].flatMap((network) => times(4, `strange ${network}/1/x`));
    const { admission } = arrive(crowd);
    expect(admission.enter(placeOf('known k/1/x'))).toEqual({ ok: true });
  });
});

describe('a full room', () => {
  const full = [...times(4, 'strange a/1/x'), ...times(4, 'strange b/1/x')];

  it('gives the newest place of the network that holds most to one that holds less', () => {
    const most: Asker[] = ['strange a/1/1', 'strange a/1/2', 'strange a/1/3', 'strange a/1/4'];
    const { admission } = arrive([
      ...times(2, 'strange b/1/x'),
      ...most,
      ...times(2, 'strange c/1/x'),
    ]);
    const entered = admission.enter(placeOf('strange new/1/x'));
    expect(entered).toMatchObject({ ok: true, displaced: { name: 'strange a/1/4' } });
    expect(turnsOf(admission)).not.toContain('strange a/1/4');
  });

  it.each<[string, Asker[], Asker, Asker]>([
    [
      'a full part of a network does the same among its clients',
      ['known a/1/0', 'known a/1/0', 'known a/1/1', 'known a/1/1', ...times(2, 'known a/2/x')],
      'known a/3/x',
      'known a/1/1',
    ],
    [
      'a full part of a known client among its actors',
      [...times(2, 'known a/1/x'), ...times(2, 'known a/1/y')],
      'known a/1/z',
      'known a/1/y',
    ],
    [
      'a full room among the clients of a network that holds most itself',
      [...times(2, 'known a/1/x'), ...times(2, 'known a/1/y'), ...times(2, 'known b/1/x')],
      'known a/2/x',
      'known a/1/y',
    ],
  ])('%s', (_, names, newcomer, displaced) => {
    const { admission } = arrive(names, { room: 6 });
    expect(admission.enter(placeOf(newcomer))).toMatchObject({ displaced: { name: displaced } });
  });

  it('of as many networks as it has places gives up the one that was served last', () => {
    const { admission } = arrive(['strange a/1/x', 'strange b/1/x'], { room: 2 });
    const served = admission.next()!;
    admission.leave(served);
    admission.enter(served);
    const displaced = { name: 'strange a/1/x' };
    expect(admission.enter(placeOf('strange new/1/x'))).toMatchObject({ displaced });
    expect(admission.enter(served).ok).toBe(false);
    expect(turnsOf(admission)).toEqual(['strange b/1/x', 'strange new/1/x']);
  });

  it('has none for a network that would hold as many as the largest', () => {
    const { admission } = arrive([...full.slice(0, 7), 'strange c/1/x']);
    expect(admission.enter(placeOf('strange b/1/x')).ok).toBe(false);
  });

  it('keeps the places of known sources when strangers crowd, and the other way round', () => {
    const { admission } = arrive([...full, 'known k/1/x']);
    admission.enter(placeOf('strange new/1/x'));
    expect(turnsOf(admission)[0]).toBe('known k/1/x');
  });
});
