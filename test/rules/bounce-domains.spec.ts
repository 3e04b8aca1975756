import { readBounce } from '../../src/mail/bounces/bounce-report.js';
import { exim, qmail, statusReport } from '../support/bounces.js';

const BOTH = ['keiri@XN--eckwd4c7c.example', 'keiri@ドメイン.example'];
const asUtf8 = (recipient: string) => statusReport({ recipient }).replace('rfc822;', 'utf-8;');
const REPORTS = [(recipient: string) => statusReport({ recipient }), asUtf8, qmail, exim];

it.each(['keiri@ドメイン.example', 'keiri@xn--eckwd4c7c.example', 'Keiri@ドメイン.EXAMPLE'])(
  'a report is about %s, however either domain is written',
  (address) => {
    const outcomeOf = (text: string) => readBounce(Buffer.from(text), address).outcome;
    for (const reportOn of REPORTS) {
      expect(BOTH.map((named) => outcomeOf(reportOn(named)))).toEqual(['failed', 'failed']);
      expect(outcomeOf(reportOn('keiri@ドメイ.example'))).toBe('other-recipient');
    }
  },
);
