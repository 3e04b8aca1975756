import { PREVIEW_SITE, type MailPreview, type PreviewFacts } from './mail-preview.js';

const url = `${PREVIEW_SITE}/ip-restriction`;
const address = '192.0.2.10';

/** Mails about the IP restriction. */
export function ipRestrictionPreviews(facts: PreviewFacts): MailPreview[] {
  return [...changes(facts), ...requests(facts), ...entries(facts)];
}

function changes({ person, time }: PreviewFacts): MailPreview[] {
  const change = { ...person, restricts: true, actorName: '鈴木 次郎', time, url };
  const lifted = { ...change, restricts: false };
  const trial = { deadline: time, url: `${url}/trial` };
  const suspension = { until: time, reason: 'お客様からのお申し出', url };
  return [
    { mail: 'ip-trial-started', model: { ...change, ...trial } },
    { mail: 'ip-trial-started', variant: 'lifted', model: { ...lifted, ...trial } },
    { mail: 'ip-changed', model: change },
    { mail: 'ip-changed', variant: 'lifted', model: lifted },
    { mail: 'ip-ended', model: change },
    { mail: 'ip-ended', variant: 'by-time', model: { ...lifted, actorName: null } },
    { mail: 'ip-suspended', model: { ...person, ...suspension } },
    { mail: 'ip-emergency', model: { ...person, user: '佐藤 花子', address, time, left: 9, url } },
  ];
}

function requests({ person, time: until }: PreviewFacts): MailPreview[] {
  const request = { requester: '鈴木 次郎', address, purpose: '在宅勤務のため', until };
  const word = '社内でご利用ください。';
  return [
    { mail: 'ip-request', model: { ...person, ...request, url: `${url}/requests` } },
    {
      mail: 'ip-request-approved',
      model: { ...person, address, until, url: `${PREVIEW_SITE}/login` },
    },
    { mail: 'ip-request-refused', model: { ...person, address, word } },
  ];
}

function entries({ person, time: end }: PreviewFacts): MailPreview[] {
  const osaka = { network: '192.0.2.0/24', label: '大阪支店', end };
  const home = { network: '198.51.100.7', label: '在宅勤務（鈴木）', end };
  const ending = [
    { ...osaka, kept: true },
    { ...home, kept: false },
  ];
  return [
    { mail: 'ip-entries-end', model: { ...person, entries: ending, url } },
    { mail: 'ip-entries-kept', model: { ...person, entries: [osaka, home], url } },
  ];
}
