import { browserInWords } from '../web/browser-name.js';

/** The mails of a succession, for invented people. */
export function enrollmentPreviews(
  person: { corporationName: string; name: string },
  deadline: string,
): { mail: string; model: Record<string, unknown> }[] {
  const about = {
    ...person,
    caseNumber: 'K7M2-9QXA',
    applicant: '鈴木 一郎',
    mailDomain: 'minato[.]example',
    time: deadline,
    address: '192.0.2.10',
    network: '192.0.2.0/24',
    isInitial: false,
  };
  const url = 'https://genkan.example/admin-enrollment/objection/...';
  const statement = ['鈴木は10月に着任しました。', '佐藤は9月に退職しています。'];
  return [
    {
      mail: 'administrator-welcome',
      model: {
        ...about,
        browser: browserInWords({ system: 'Windows', browser: 'Chrome' }),
        isLoginIdTaken: false,
        otherId: false,
        url: 'https://genkan.example/activation/...',
        deadline,
        release: '',
      },
    },
    {
      mail: 'administrator-added',
      model: { ...about, url, deadline, release: '', isBillingContact: false },
    },
    {
      mail: 'administrator-appointed',
      model: { ...person, url: 'https://genkan.example/activation/...', deadline },
    },
    { mail: 'application-queued', model: about },
    { mail: 'application-withdrawn', model: { ...about, isDenied: false } },
    { mail: 'application-approved', model: about },
    { mail: 'newcomer-frozen', model: about },
    { mail: 'objection-received', model: { ...about, frozen: true, unproved: false } },
    {
      mail: 'objection-for-desk',
      model: {
        ...about,
        objector: '佐藤 花子',
        ownCase: '',
        statement,
        frozen: true,
        command: 'genkan enrollment show K7M2-9QXA',
      },
    },
    {
      mail: 'statement-for-desk',
      model: { ...about, statement, isNewcomer: true, witness: '' },
    },
    {
      mail: 'unwitnessed-for-desk',
      model: { ...about, command: 'genkan enrollment show K7M2-9QXA' },
    },
    { mail: 'desk-decided', model: { ...about, upheld: true, appointed: '' } },
  ];
}
