import type { Config } from './config.js';
import { demoCompanies } from './demo/demo-companies.js';

/** What the start prints for people: where to go, and in the demo with which numbers and names. */
export function welcome(config: Config): string {
  const where = [`Genkan serves ${config.publicUrl}`];
  if (!config.embedded) return `${where.join('\n')}\n`;
  const lines = [
    ...where,
    '',
    `  Sign in         ${config.publicUrl}/login`,
    `  Register        ${config.publicUrl}/initiate`,
    ...(config.smtpUrl ? [] : [`  Mailbox         ${config.publicUrl}/dev/mailbox`]),
    `  Sample invoices ${config.publicUrl}/dev/invoices`,
    '',
    ...demoCompanies.flatMap(({ name, corporateNumber, transferAccountNumber, people }) => [
      `  ${name}: 法人番号 ${corporateNumber}, お振込先口座番号 ${transferAccountNumber}`,
      ...people.map(({ loginId, password, role }) => `    ${loginId} / ${password} (${role})`),
    ]),
    '',
    'Stop with Ctrl-C.',
  ];
  return `${lines.join('\n')}\n`;
}
