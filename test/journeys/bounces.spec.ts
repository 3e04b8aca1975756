import { BouncePort } from '../../src/mail/bounces/bounce-port.js';
import { ReturnPaths } from '../../src/mail/return-paths.js';
import { startApp, type RunningApp } from '../support/app.js';
import { docomo, statusReport, vacation, wrappedReport } from '../support/bounces.js';
import { freePort } from '../support/free-port.js';
import { office } from '../support/invitation.js';
import { LmtpClient } from '../support/lmtp.js';
import type { Mail } from '../support/mailbox.js';
import { deliveryStateOf, isNoticed } from '../support/noticed.js';
import type { Member } from '../support/people.js';

const DOMAIN = 'bounce.front.example';

let running: RunningApp;
let relay: LmtpClient;
beforeAll(async () => {
  const bounceLmtpPort = await freePort();
  running = await startApp({ bounceDomain: DOMAIN, bounceLmtpPort });
  await running.app.get(BouncePort).open();
});
afterAll(() => running.stop());
beforeEach(async () => {
  relay = await LmtpClient.open(running.config.bounceLmtpPort!);
});
afterEach(() => relay.closes());

const noticed = () => isNoticed(running);
const stateOf = (mail: Mail) => deliveryStateOf(running, mail);
const reportOn = ({ email }: Member, more = {}) => statusReport({ recipient: email, ...more });

describe('a mail', () => {
  it('has a return path of its own, and the sender that people know', async () => {
    const { mail, tanaka, noticeHim } = await noticed();
    expect(mail.returnPath).toMatch(new RegExp(`^bounce\\+[0-9a-f]{32}\\.[0-9a-f]{20}@${DOMAIN}$`));
    expect(mail.from).toContain(running.config.mailFrom);
    await noticeHim();
    const next = await running.mailbox.mailTo(tanaka.email, 'ログアウト');
    expect(next.returnPath).not.toBe(mail.returnPath);
  });

  it('that comes back is shown to administrators with what helps', async () => {
    const { mail, tanaka, person } = await noticed();
    expect(await relay.delivers(reportOn(tanaka), mail.returnPath)).toEqual([
      expect.stringMatching(/^250 /),
    ]);
    expect(await stateOf(mail)).toEqual({
      state: 'bounced',
      why: 'unknown-address',
      said: '550 5.1.1 User unknown',
    });
    await person.opens('/');
    expect(person.page.text).toContain('宛先が見つからず、メールが届かない利用者が1名います。');
    await person.opens('/accounts');
    expect(person.page.text).toContain('メール不達（宛先不明）');
    await person.opens(`/accounts/${tanaka.id}`);
    expect(person.page.text).toContain('正しいメールアドレスに変更してください。');
    const stranger = await office(running);
    expect((await stranger.person.opens('/')).text).not.toContain('メールが届かない利用者');
  });

  it('that comes back twice, or late, counts once', async () => {
    const { mail, tanaka } = await noticed();
    const full = reportOn(tanaka, { status: '5.2.2', diagnostic: 'smtp; 552 mailbox is full' });
    await relay.delivers(full, mail.returnPath);
    await relay.delivers(reportOn(tanaka), mail.returnPath);
    expect(await stateOf(mail)).toMatchObject({ state: 'bounced', why: 'mailbox-full' });
  });

  it('of which somebody answers, or a server says that it is late, is where it was', async () => {
    const { mail, tanaka } = await noticed();
    const messages = [
      vacation(tanaka.email),
      reportOn(tanaka, { action: 'delayed', status: '4.4.1' }),
      reportOn(tanaka, { action: 'relayed', status: '2.0.0' }),
      statusReport({ recipient: 'somebody@front.example' }),
      docomo('somebody@docomo.ne.jp'),
      'nothing at all',
    ];
    for (const message of messages)
      expect(await relay.delivers(message, mail.returnPath)).toEqual([
        expect.stringMatching(/^250 /),
      ]);
    expect(await stateOf(mail)).toMatchObject({ state: 'handed-over', why: null });
  });
});

describe('a forged bounce', () => {
  it.each([
    ['another mac', (path: string) => path.replace(/\.[0-9a-f]{4}/, '.0000')],
    ['no mac', (path: string) => path.replace(/\.[0-9a-f]{20}/, '')],
    ['nobody', () => `bounce+${'0'.repeat(32)}.${'0'.repeat(20)}@${DOMAIN}`],
  ])('to %s is refused', async (_name, forge) => {
    const { mail, tanaka } = await noticed();
    expect(await relay.delivers(reportOn(tanaka), forge(mail.returnPath))).toEqual([
      expect.stringMatching(/^550 5\.1\.1/),
    ]);
    expect(await stateOf(mail)).toMatchObject({ state: 'handed-over' });
  });

  it("by the reader of another mailbox, who knows the own mail's return path, says nothing", async () => {
    const [own, victim] = [await noticed(), await noticed()];
    const withOwnMac = victim.mail.returnPath.replace(
      /\..*/,
      own.mail.returnPath.slice(own.mail.returnPath.indexOf('.')),
    );
    await relay.delivers(reportOn(victim.tanaka), own.mail.returnPath, withOwnMac);
    await relay.delivers(wrappedReport({ recipient: victim.tanaka.email }), own.mail.returnPath);
    expect(await stateOf(victim.mail)).toMatchObject({ state: 'handed-over' });
    expect(await stateOf(own.mail)).toMatchObject({ state: 'handed-over' });
    await victim.noticeHim();
    await running.mailbox.mailTo(victim.tanaka.email, 'ログアウト');
  });
});

describe('the port', () => {
  it('takes a return path in capitals, and tells each recipient apart', async () => {
    const [first, second] = [await noticed(), await noticed()];
    const answers = await relay.delivers(
      reportOn(first.tanaka),
      first.mail.returnPath.toUpperCase(),
      `nobody@${DOMAIN}`,
      second.mail.returnPath,
    );
    expect(answers.map((answer) => answer.slice(0, 3)).toSorted()).toEqual(['250', '250', '550']);
    expect(await stateOf(first.mail)).toMatchObject({ state: 'bounced' });
    expect(await stateOf(second.mail)).toMatchObject({ state: 'handed-over' });
  });

  it('speaks LMTP only, and takes neither large messages nor many recipients', async () => {
    expect(await relay.says('EHLO relay.example.jp')).toMatch(/^500 /);
    const { mail, tanaka } = await noticed();
    const large = `${reportOn(tanaka)}${'x'.repeat(1_000).concat('\r\n').repeat(2_200)}`;
    expect(await relay.delivers(large, mail.returnPath)).toEqual([expect.stringMatching(/^552 /)]);
    await relay.says('MAIL FROM:<>');
    const { rows } = await running.pool.query<{ id: string }>(
      `insert into mail_deliveries (id, kind, recipient, state)
       select gen_random_uuid(), 'test', 'x@front.example', 'handed-over'
       from generate_series(1, 21) returning id`,
    );
    const answers: string[] = [];
    for (const { id } of rows) {
      const path = running.app.get(ReturnPaths).of(id, 'x@front.example')!;
      answers.push(await relay.says(`RCPT TO:<${path}>`));
    }
    expect(answers.filter((answer) => answer.startsWith('250'))).toHaveLength(20);
    expect(answers.at(-1)).toMatch(/^452 /);
  });

  it('puts bounces off while the database does not write, and loses none', async () => {
    const { mail, tanaka } = await noticed();
    await running.pool.query('alter table mail_deliveries rename to mail_deliveries_away');
    try {
      expect(await relay.delivers(reportOn(tanaka), mail.returnPath)).toEqual([
        expect.stringMatching(/^451 /),
      ]);
    } finally {
      await running.pool.query('alter table mail_deliveries_away rename to mail_deliveries');
    }
    expect(await relay.delivers(reportOn(tanaka), mail.returnPath)).toEqual([
      expect.stringMatching(/^250 /),
    ]);
    expect(await stateOf(mail)).toMatchObject({ state: 'bounced' });
  });

  it('that stops finishes what it takes, and sends the others away', async () => {
    const { mail, tanaka } = await noticed();
    await relay.says('MAIL FROM:<>');
    await relay.says(`RCPT TO:<${mail.returnPath}>`);
    await relay.says('DATA');
    const stopped = running.restart();
    const [answer] = await Promise.all([relay.says(`${reportOn(tanaka)}\r\n.`), stopped]);
    expect(answer).toMatch(/^250 /);
    expect(await stateOf(mail)).toMatchObject({ state: 'bounced' });
    await running.app.get(BouncePort).open();
  });
});
