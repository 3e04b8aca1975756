import {
  arrive,
  arriveInWhole,
  failed,
  placeOf,
  proven,
  times,
  turnsOf,
  type Asker,
} from '../support/admission.js';

describe('turns', () => {
  it('of strangers do not heed when a known browser of their network had one', () => {
    const { admission } = arrive(['strange b/1/x']);
    turnsOf(admission);
    admission.enter(placeOf('known a/1/x'));
    turnsOf(admission);
    for (const name of ['strange b/1/x', 'strange a/1/x'] as const) admission.enter(placeOf(name));
    expect(turnsOf(admission)).toEqual(['strange a/1/x', 'strange b/1/x']);
  });

  it('come to networks with wrong tries after all others, whoever was served before', () => {
    const { admission } = arrive(['strange office/1/x']);
    turnsOf(admission);
    failed(admission, 'a', 2);
    failed(admission, 'b', 1);
    for (const network of ['a', 'b', 'office']) admission.enter(placeOf(`strange ${network}/1/x`));
    const turns = ['strange office/1/x', 'strange b/1/x', 'strange a/1/x'];
    expect(turnsOf(admission)).toEqual(turns);
  });

  it('come to known browsers as before, whatever strangers of their network did', () => {
    const { admission } = arrive(['known a/1/x', 'known b/1/x']);
    failed(admission, 'a', 8);
    expect(turnsOf(admission)).toEqual(['known a/1/x', 'known b/1/x']);
  });

  it('are one at a time for all networks that guess, whoever else is there', () => {
    const { admission } = arrive([], { atOnce: 3, atOnceOfGuessing: 1 });
    for (const network of ['a', 'b']) failed(admission, network, 1);
    const names: Asker[] = ['strange a/1/x', 'strange a/1/y', 'strange b/1/x', 'known a/3/x'];
    for (const name of names) admission.enter(placeOf(name));
    const [known, guess] = [admission.next()!, admission.next()!];
    expect([known.name, guess.name]).toEqual(['known a/3/x', 'strange a/1/x']);
    expect(admission.next()).toBeUndefined();
    admission.enter(placeOf('strange new/1/x'));
    expect(admission.next()!.name).toBe('strange new/1/x');
    admission.leave(guess);
    expect(admission.next()!.name).toBe('strange b/1/x');
  });

  it('do not heed the wrong tries of one or two addresses of a network for its others', () => {
    const { admission } = arrive(['strange flood/1/x', 'strange a/1/x', 'strange a/2/x']);
    failed(admission, 'flood', 1);
    for (const client of ['1', '3']) failed(admission, 'a', 8, client);
    expect(turnsOf(admission)).toEqual(['strange a/2/x', 'strange flood/1/x', 'strange a/1/x']);
  });

  it('of a guesser are not those of his neighbours', () => {
    const { admission } = arrive([]);
    failed(admission, 'office', 1);
    for (const network of ['a', 'b', 'office']) admission.enter(placeOf(`strange ${network}/1/x`));
    turnsOf(admission);
    for (const network of ['a', 'b']) admission.enter(placeOf(`strange ${network}/2/x`));
    admission.enter(placeOf('strange office/2/x'));
    expect(turnsOf(admission)[0]).toBe('strange office/2/x');
  });

  it('heed those of three addresses for the whole network, until one of them has a right password', () => {
    const { admission } = arrive([]);
    failed(admission, 'flood', 1);
    for (const client of ['1', '3', '4']) failed(admission, 'a', 8, client);
    const names: Asker[] = ['strange a/2/x', 'strange flood/1/x'];
    for (const name of names) admission.enter(placeOf(name));
    expect(turnsOf(admission)).toEqual(names.toReversed());
    proven(admission, 'a', 'account');
    failed(admission, 'a', 8, '3');
    for (const name of names.toReversed()) admission.enter(placeOf(name));
    expect(turnsOf(admission)).toEqual(names);
  });

  it('go to a proven network every second time, however many new ones come', () => {
    const { admission } = arrive(['strange office/1/x']);
    turnsOf(admission);
    proven(admission, 'office', 'account');
    const fresh = ['a', 'b', 'c'].map((network): Asker => `strange ${network}/1/x`);
    for (const name of [...fresh, ...times(2, 'strange office/1/x')])
      admission.enter(placeOf(name));
    const [first, second, third] = fresh as [Asker, Asker, Asker];
    const office: Asker = 'strange office/1/x';
    expect(turnsOf(admission)).toEqual([office, first, office, second, third]);
  });
});

describe('networks of one company', () => {
  const networks = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];

  /** Six accounts of a company, in a network each, and one office of another. */
  function crowd(kind: 'known' | 'strange') {
    const { admission } = arrive([]);
    for (const network of networks) proven(admission, network, `account-${network}`, 'crowd');
    proven(admission, 'office', 'sato', 'sakura');
    for (const network of [...networks, 'office'])
      admission.enter(placeOf(`${kind} ${network}/1/x`));
    turnsOf(admission);
    for (const network of [...networks, 'office', 'office'])
      admission.enter(placeOf(`${kind} ${network}/1/x`));
    return turnsOf(admission);
  }

  it.each(['known', 'strange'] as const)('take turns as one, of %s browsers', (kind) => {
    const turns = crowd(kind);
    const office: Asker = `${kind} office/1/x`;
    expect(turns.indexOf(office)).toBeLessThan(2);
    expect(turns.lastIndexOf(office)).toBeLessThan(4);
  });

  it('keep no network waiting where nobody signed in', () => {
    const { admission } = arrive([]);
    for (const network of networks) proven(admission, network, `account-${network}`, 'crowd');
    for (const network of ['new', ...networks]) admission.enter(placeOf(`strange ${network}/1/x`));
    turnsOf(admission);
    for (const network of [...networks, 'new']) admission.enter(placeOf(`strange ${network}/1/x`));
    expect(turnsOf(admission).indexOf('strange new/1/x')).toBeLessThan(3);
  });
});

describe('a full room', () => {
  it.each<[string, string, string]>([
    ['the network of the most wrong tries, before one that was served last', 'b', 'new'],
    ['a new network before a proven one that was served last', 'b', 'a'],
  ])('gives up %s', (_, displaced, newcomer) => {
    const { admission } = arrive(['strange a/1/x'], { room: 2 });
    turnsOf(admission);
    if (newcomer === 'new') failed(admission, 'b', 1);
    else proven(admission, 'a', 'account');
    for (const network of newcomer === 'new' ? ['a', 'b'] : ['b', 'c'])
      admission.enter(placeOf(`strange ${network}/1/x`));
    const entered = admission.enter(placeOf(`strange ${newcomer}/1/x`));
    expect(entered).toMatchObject({ ok: true, displaced: { name: `strange ${displaced}/1/x` } });
  });

  it('gives no place of an office to a network with wrong tries that holds less', () => {
    const offices = ['a', 'b', 'c', 'd'] as const;
    const { admission } = arriveInWhole(
      offices.flatMap((office) => times(2, `strange ${office}/1/x`)),
    );
    failed(admission, 'bad', 1);
    expect(admission.enter(placeOf('strange bad/1/x')).ok).toBe(false);
    expect(admission.enter(placeOf('strange new/1/x')).ok).toBe(true);
  });

  it('gives one of a network with more than a quarter of it, whoever comes', () => {
    const { admission } = arriveInWhole(times(8, 'strange a/1/x'));
    proven(admission, 'a', 'account');
    failed(admission, 'mistyped', 8);
    const displaced = { name: 'strange a/1/x' };
    expect(admission.enter(placeOf('strange mistyped/1/x'))).toMatchObject({ displaced });
  });

  it('gives places of guessing networks to a better one that holds more, up to a quarter', () => {
    const guessing = ['a', 'b', 'c', 'd'] as const;
    const { admission } = arriveInWhole(guessing.flatMap((one) => times(2, `strange ${one}/1/x`)));
    for (const network of guessing) failed(admission, network, 1);
    const entered = times(5, 'strange office/1/x').map((name) => admission.enter(placeOf(name)).ok);
    expect(entered).toEqual([true, true, true, false, false]);
  });
});
