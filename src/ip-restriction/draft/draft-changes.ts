import type { Problem } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { admitsAll, type Entry } from '../networks/fold-entries.js';
import type { Change, Edited } from './ip-drafts.js';

export type EditReading =
  | { ok: true; change: Change }
  | {
      ok: false;
      reason: 'entry-refused';
      problems: Problem[];
      /** Networks that were probably meant, by the field with the typed text. */
      offers: Record<string, string>;
    };

export function readRemoval(networks: readonly string[]): EditReading {
  if (networks.length === 0)
    return refusedEdit([{ name: 'network', sentence: say('削除する行を選んでください。') }]);
  const change: Change = (entries) => ({
    entries: entries.filter(({ network }) => !networks.includes(network)),
    told: [],
  });
  return { ok: true, change };
}

/** Adding a network that is already listed changes its label and end, and says so. */
export function adding(edited: Edited): EditReading {
  return { ok: true, change: (before) => withAdded(before, edited) };
}

/**
 * The line of this network gives way to what was typed for it, unless that would be the end of the
 * line: no other one has the network, or admits all of it for as long.
 */
export function replacing(changed: string, edited: Edited): EditReading {
  const change: Change = (before) => {
    for (const entry of edited.entries) {
      const other = before.findIndex((line) => line.network !== changed && stands(line, entry));
      if (other >= 0) return saysTaken(entry, before[other]!, other + 1);
    }
    const line = before.find(({ network }) => network === changed);
    const { entries, told } = withAdded(
      before.filter((entry) => entry !== line),
      edited,
    );
    return { entries, told: line ? [saysReplaced(line, edited), ...told] : told };
  };
  return { ok: true, change };
}

function withAdded(before: Entry[], { entries, told }: Edited): Edited {
  const added = new Map(entries.map((entry) => [entry.network, entry]));
  return {
    entries: [...before.filter(({ network }) => !added.has(network)), ...entries],
    told: [...told, ...before.flatMap((entry) => listedAlready(entry, added.get(entry.network)))],
  };
}

function stands(line: Entry, entry: Entry): boolean {
  return line.network === entry.network || admitsAll(line, entry);
}

function saysTaken({ network }: Entry, { network: other, label }: Entry, place: number): Sentence {
  return say(
    '{network} は、下書きの{place}件目の {other}（{label}）にすでに含まれています。変更は保存していません。この行が不要な場合は、変更をやめて、一覧で選んで削除してください。',
    { network, place, other, label },
  );
}

function saysReplaced({ network, label }: Entry, { entries }: Edited): Sentence {
  const others = entries.map((entry) => entry.network).join('、');
  const values = { network, label, others };
  return network === others
    ? say('{network}（{label}）のメモと終了日を変更しました。', values)
    : say(
        '{network}（{label}）を {others} に変更しました。元のアドレスは下書きにありません。',
        values,
      );
}

function listedAlready({ network, label, endsAt }: Entry, added: Entry | undefined): Sentence[] {
  if (!added) return [];
  const isSame = added.label === label && added.endsAt?.getTime() === endsAt?.getTime();
  const values = { network, label };
  return [
    isSame
      ? say('{network}（{label}）は、すでに下書きにあります。', values)
      : say('{network}（{label}）はすでに下書きにあったため、メモと終了日を更新しました。', values),
  ];
}

export function refusedEdit(problems: Problem[], offers: Record<string, string> = {}): EditReading {
  return { ok: false, reason: 'entry-refused', problems, offers };
}
