import type { EntityManager } from '@mikro-orm/postgresql';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { dayInJapan, readOpeningHours } from '../../cases/opening-hours.js';
import type { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('desk cases');

/** Whether due times follow the desk's hours, and whether cases are left lying. */
export async function deskCasesFindings(em: EntityManager, config: Config): Promise<Finding[]> {
  const now = await databaseNow(em);
  return [hoursFinding(config), holidaysFinding(config, now), await overdueFinding(em, now)];
}

function hoursFinding({ deskHours: words }: Config): Finding {
  if (readOpeningHours(words))
    return ok('事案の期限は、DESK_HOURS の「{words}」で数えます。', { words });
  return warn(
    'DESK_HOURS の「{words}」から時間を読み取れないため、事案の期限は平日9時〜17時で数えます。「平日 9:00〜18:00」のように書いてください。',
    { words },
  );
}

function holidaysFinding({ deskHolidays }: Config, now: Date): Finding {
  const today = dayInJapan(now);
  const ahead = [...deskHolidays].filter((day) => day >= today).toSorted();
  if (deskHolidays.size === 0) return ok('DESK_HOLIDAYS_FILE がないため、祝日も期限に数えます。');
  if (ahead.length === 0)
    return warn(
      'DESK_HOLIDAYS_FILE に、今日からあとの休みがありません。新しい年の休みを加えてください。',
    );
  return ok('DESK_HOLIDAYS_FILE の休みは、今日からあと{count}日です。最後は {last} です。', {
    count: ahead.length,
    last: ahead.at(-1)!,
  });
}

async function overdueFinding(em: EntityManager, now: Date): Promise<Finding> {
  const isOpen = { state: { $ne: 'done' } } as const;
  const [open, overdue] = [
    await em.count(DeskCase, isOpen),
    await em.count(DeskCase, { ...isOpen, dueAt: { $lt: now } }),
  ];
  if (overdue > 0)
    return warn('期限の過ぎた事案が{overdue}件あります（完了していない事案は{open}件）。', {
      overdue,
      open,
    });
  return ok('期限の過ぎた事案はありません（完了していない事案は{open}件）。', { open });
}

/** An objection or the desk may leave a company without an administrator, which is not to stay so. */
export async function administratorsFinding(em: EntityManager): Promise<Finding> {
  const { ok, warn } = finder('cases');
  const { count } = await tables(em)
    .selectFrom('unadministered_corporations')
    .select((is) => is.cast<number>(is.fn.countAll(), 'integer').as('count'))
    .executeTakeFirstOrThrow();
  return count === 0
    ? ok('利用者のいるすべての法人に管理者がいます。')
    : warn(
        '利用者がいて管理者のいない法人が{count}件あります。「genkan enrollment list」で確認し、事案を判断してください。事案がなければ、新規登録（/initiate）をご案内ください。',
        { count },
      );
}
