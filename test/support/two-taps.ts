import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation, Member } from './people.js';

/** Somebody in front of a form that is filled in, and its button. */
export type Story = () => Promise<[person: Visitor, button: string]>;

export async function filled(
  person: Visitor,
  path: string,
  fields: Record<string, string>,
): Promise<Visitor> {
  await person.opens(path);
  for (const [label, value] of Object.entries(fields)) person.fills(label, value);
  return person;
}

export const numbersOf = ({ corporateNumber, transferAccounts: [account = ''] }: Corporation) => ({
  法人番号: corporateNumber,
  お振込先口座番号: account,
});

export const typedTwice = (password: string) => ({
  パスワード: password,
  パスワード確認: password,
});

let workplaces = 0;

/** A company with its administrator. */
export async function workplace({
  people,
}: RunningApp): Promise<{ corporation: Corporation; sato: Member }> {
  workplaces += 1;
  const given = { corporateNumber: `94${workplaces}`, name: '株式会社もみじ' };
  const corporation = await people.corporationExists(given);
  const sato = { corporation, loginId: `sato-taps-${workplaces}`, name: '佐藤 花子' };
  return { corporation, sato: await people.administratorExists(sato) };
}

/** Tells one story with one tap, and again with two. */
export async function twoTapsLeadWhereOneLeads(begin: Story): Promise<void> {
  await leadsWhereOneTapLeads(begin, (person, button) => person.pressesTwice(button));
}

/** Tells one story alone, and again behind somebody else who sends the same form first. */
export async function isDoneBehind(stranger: Visitor, begin: Story): Promise<void> {
  await leadsWhereOneTapLeads(begin, async (person, button) => {
    await person.isSentBy(stranger, button);
    await person.presses(button);
  });
}

async function leadsWhereOneTapLeads(
  begin: Story,
  otherwise: (...story: Awaited<ReturnType<Story>>) => Promise<unknown>,
): Promise<void> {
  const [one, button] = await begin();
  await one.presses(button);
  const [two] = await begin();
  await otherwise(two, button);
  expect(shown(two)).toEqual(shown(one));
}

const withoutNumbers = (text: string) => text.replaceAll(/\d+/g, '');

function shown({ page }: Visitor) {
  const { status, h1, notice, errors, facts } = page;
  const names = Object.keys(facts).map(withoutNumbers);
  return { status, path: page.url.pathname, h1, notice: withoutNumbers(notice), errors, names };
}
