import type { Config } from '../config.js';
import { demoCompanies } from '../demo/demo-companies.js';

/** Greets people at the demo's terminal; a server in production only writes its log. */
export function announce(config: Config): void {
  if (config.embedded) process.stdout.write(welcome(config));
}

function welcome(config: Config): string {
  const lines = [
    `Genkan serves ${config.publicUrl}`,
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
