import type { EntityManager } from '@mikro-orm/postgresql';
import { LONGEST_WAIT } from '../../mail/mail-delivery.entity.js';
import { MAIL_PRIORITY } from '../../mail/mail-priority.js';
import { finder, findingsOf, type Finding } from './finding.js';

const { ok, warn, fail } = finder('mail');
const LATE_MINUTES = 15;
/** Somebody waits in front of a page. */
const LATE_SECONDS = 60;
/** So many mail domains refused in a row mean the server, not the recipients. */
const DOMAINS = 3;

interface Deliveries {
  waiting: number;
  minutes: number;
  awaited: number;
  seconds: number;
  held: number;
  held_answer: string;
  ahead: number;
  bounced: number;
}

const DELIVERIES = `
  select count(*) filter (where waits)::int as waiting,
         greatest(coalesce(max(age) filter (where waits), 0) / 60, 0)::int as minutes,
         count(*) filter (where is_late)::int as awaited,
         coalesce(max(age) filter (where is_late), 0)::int as seconds,
         count(*) filter (where is_held)::int as held,
         max(server_answer) filter (where is_held) as held_answer,
         count(*) filter (where waits and (age < -60 or next_attempt_at > now() + ?::interval))::int
           as ahead,
         count(*) filter (
           where state = 'bounced' and finished_at > genkan_now() - interval '7 days')::int as bounced
  from (
    select *, waits and priority = ${MAIL_PRIORITY.code} and age > ${LATE_SECONDS} as is_late,
           state = 'queued' and not in_hand and server_answer is not null as is_held
    from (select *, state in ('queued', 'deferred') as waits,
                 extract(epoch from genkan_now() - created_at) as age from mail_deliveries) as d) as d`;

const REFUSED_SINCE = `
  select count(distinct lower(split_part(recipient, '@', 2)))::int as domains,
         max(server_answer) as answer
  from mail_deliveries where state = 'deferred' and created_at > coalesce(
    (select max(finished_at) from mail_deliveries
     where state = 'handed-over' and created_at > genkan_now() - interval '2 days'), '-infinity')`;

/** The mails that wait, for what, and those that mail servers refused within the last week. */
export async function deliveriesFindings(em: EntityManager): Promise<Finding[]> {
  const [found] = await em.execute<Deliveries[]>(DELIVERIES, [LONGEST_WAIT]);
  const [refused] = await em.execute<{ domains: number; answer: string }[]>(REFUSED_SINCE);
  const { held, held_answer, awaited, seconds, ahead, bounced } = found!;
  return findingsOf(
    waitingFinding(found!),
    // They keep their places: the server was away at the last try.
    held > 0 &&
      fail(
        'メールサーバーに接続できないため、送信を停止しています（返答：{answer}）。長くても30秒ごとに試し、つながればすべて送ります。',
        { answer: held_answer },
      ),
    refused!.domains >= DOMAINS &&
      fail(
        'メールサーバーが、最後に受け付けた後のメールをすべて拒否しています（宛先のドメイン{domains}件、返答：{answer}）。メールは48時間まで待ちます。',
        { ...refused! },
      ),
    awaited > 0 &&
      warn(
        'ページの前で待たれているメール{awaited}通を、1分を超えて渡せていません（最長{seconds}秒）。mail_deliveries の priority = 0 に返答があります。',
        { awaited, seconds },
      ),
    ahead > 0 &&
      warn(
        '待っているメール{ahead}通の時刻が未来です。データベースの時刻が戻されました。確認のうえ、「genkan mail retry」を実行してください。',
        { ahead },
      ),
    bounced === 0
      ? ok('直近7日間に拒否されたメールはありません。')
      : warn('直近7日間に{bounced}通のメールが拒否されました。mail_deliveries に返答があります。', {
          bounced,
        }),
  );
}

function waitingFinding({ waiting, minutes }: Deliveries): Finding {
  const values = { waiting, minutes };
  if (waiting === 0) return ok('待っているメールはありません。');
  return minutes < LATE_MINUTES
    ? ok('{waiting}通のメールが待っています。最も古いものは{minutes}分前のものです。', values)
    : warn(
        '{waiting}通のメールが待っています。最も古いものは{minutes}分前のものです。メールサーバーが直ったら「genkan mail retry」を実行してください。',
        values,
      );
}
