import {
  IsIn,
  IsNotEmpty,
  ValidateBy,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { ICONS, isOnCalendar, isSafeUrl } from '../../operator-content.js';
import { Code, FreeText, Trimmed } from '../../web/forms/fields.js';
import { because } from '../../web/forms/forms.js';
import { AtMostCharacters, IsVisibleLine } from '../../web/forms/rules.js';

export const AUDIENCES = ['everybody', 'administrator', 'staff'] as const;

export type Audience = (typeof AUDIENCES)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (value: string) => value === '' || (DAY.test(value) && isOnCalendar(value));

/** A notice that ends on the day it begins is there for that day. */
const isSpan = (until: string, { object }: ValidationArguments) => {
  const { from } = object as NoticeForm;
  return until === '' || !isDay(until) || !isDay(from) || until >= from;
};

function Holds(
  validate: (value: string, of: ValidationArguments) => boolean,
  options: ValidationOptions,
) {
  const judged = (value: string, of?: ValidationArguments) => validate(value, of!);
  return ValidateBy({ name: validate.name, validator: { validate: judged } }, options);
}

/** お知らせ */
export class NoticeForm {
  @Trimmed()
  @IsNotEmpty(because('見出しを入力してください。'))
  @AtMostCharacters(100, because('見出しは100文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '見出しに、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  title = '';

  @Trimmed()
  @AtMostCharacters(100, because('英語の見出しは100文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '英語の見出しに、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  titleEn = '';

  @FreeText()
  @IsNotEmpty(because('本文を入力してください。'))
  @AtMostCharacters(1000, because('本文は1000文字以内で入力してください。'))
  text = '';

  @FreeText()
  @AtMostCharacters(1000, because('英語の本文は1000文字以内で入力してください。'))
  textEn = '';

  @Code()
  @Holds(isDay, because('掲載を始める日は、2026-12-01のように入力してください。'))
  from = '';

  @Code()
  @Holds(isDay, because('掲載を終える日は、2026-12-31のように入力してください。'))
  @Holds(isSpan, because('掲載を終える日は、始める日以降にしてください。'))
  until = '';

  @IsIn(AUDIENCES, because('対象を選んでください。'))
  audience = '';
}

/** ご利用のサービス: a tile. */
export class ApplicationForm {
  @Trimmed()
  @IsNotEmpty(because('名前を入力してください。'))
  @AtMostCharacters(40, because('名前は40文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '名前に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  name = '';

  @Trimmed()
  @AtMostCharacters(40, because('英語の名前は40文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '英語の名前に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  nameEn = '';

  @Trimmed()
  @AtMostCharacters(100, because('説明は100文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '説明に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  text = '';

  @Trimmed()
  @AtMostCharacters(100, because('英語の説明は100文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      '英語の説明に、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  textEn = '';

  @Trimmed()
  @IsNotEmpty(because('URLを入力してください。'))
  @AtMostCharacters(1000, because('URLは1000文字以内で入力してください。'))
  @IsVisibleLine(
    because(
      'URLに、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    ),
  )
  @Holds(isSafeUrl, because('URLは、「https://」か「/」から入力してください。'))
  url = '';

  @IsIn(ICONS, because('アイコンを選んでください。'))
  icon = '';

  @IsIn(AUDIENCES, because('対象を選んでください。'))
  audience = '';
}
