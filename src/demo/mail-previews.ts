import { momentInWords } from '../web/deadline.js';
import type { Language } from '../web/texts.js';

/** Every mail with what stands in it for an invented person. */
export function mailPreviews(
  language: Language,
): { mail: string; model: Record<string, unknown> }[] {
  const deadline = momentInWords(new Date('2026-11-23T09:30:00Z'), language);
  const person = { corporationName: '株式会社みなと製作所', name: '佐藤 花子' };
  const url = 'https://genkan.example/activation/...';
  const caseNumber = 'K7M2-9QXA';
  const objectionUrl = 'https://genkan.example/admin-enrollment/objection/...';
  const deed = { ...person, loginId: 'sato-hanako', time: deadline, by: '鈴木 一郎', objectionUrl };
  return [
    { mail: 'activation', model: { ...person, loginId: 'sato-hanako', url, deadline } },
    {
      mail: 'recovery',
      model: {
        url,
        codeUrl: 'https://genkan.example/password-reset/code',
        code: 'K7M2-9QXA',
        deadline,
      },
    },
    {
      mail: 'recovered',
      model: { ...person, loginId: 'sato-hanako', time: deadline, address: '192.0.2.10' },
    },
    { mail: 'review-begun', model: { ...person, caseNumber } },
    { mail: 'review-refused', model: { ...person, caseNumber } },
    { mail: 'review-for-desk', model: { caseNumber, command: 'genkan review list' } },
    { mail: 'account-deleted', model: { ...deed, deadline } },
    { mail: 'account-restored', model: { ...deed, isSuspended: false } },
    { mail: 'account-suspended', model: deed },
    { mail: 'account-released', model: deed },
    { mail: 'test', model: {} },
  ];
}
