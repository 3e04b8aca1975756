import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { transport } from '../../src/mail/transport.js';
import { readConfig } from '../../src/read-config.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';

let running: RunningApp;
let operator: Operator;
let relay: SMTPServer;
let SMTP_URL: string;
const said: string[] = [];

/** A mail server whose offer of TLS somebody on the way has taken out. */
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  relay = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ password }, _, answer) => {
      said.push(password!);
      answer(null, { user: 'genkan' });
    },
    onMailFrom: ({ address }, _, answer) => {
      said.push(address);
      answer();
    },
  });
  relay.listen(0, '127.0.0.1');
  await once(relay.server, 'listening');
  SMTP_URL = `smtp://genkan:s3cret@127.0.0.1:${(relay.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => relay.close(() => resolve()));
  await running.stop();
});

it('a server without TLS gets neither mail nor password where TLS is required', async () => {
  const settings = { SMTP_URL, SMTP_TLS: 'required' };
  const { exitCode, out } = await operator.typesWith(settings, 'doctor');
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^fail {2}mail: 127\.0\.0\.1:\d+ gets no mail, .* SMTP_TLS=offered/m);
  const config = readConfig({ ...operator.environment, ...settings });
  const mailer = createTransport(transport(config, undefined!).transport as object);
  const mail = { from: config.mailFrom, to: config.deskMail, text: 'https://front.example.jp/a/b' };
  await expect(mailer.sendMail(mail)).rejects.toMatchObject({ code: 'ETLS' });
  expect(said).toEqual([]);
});

it.each([
  ['smtp://mail.example.jp:587', 'required'],
  ['smtp://127.0.0.1.example.jp', 'required'],
  ['smtp://mail', 'required'],
  ['smtp://localhost:25', 'offered'],
  ['smtp://127.0.0.1:25', 'offered'],
  ['smtp://[::1]:25', 'offered'],
])('TLS to %s is %s where nothing is said', (url, smtpTls) => {
  expect(readConfig({ ...operator.environment, SMTP_URL: url })).toMatchObject({ smtpTls });
});
