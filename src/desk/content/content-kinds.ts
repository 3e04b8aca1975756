import type { ClassConstructor } from 'class-transformer';
import { ICON_WORDS } from '../../accounts/top/entry-in-words.js';
import type { Role } from '../../identity/role.js';
import {
  ICONS,
  type ApplicationTile,
  type ContentEntries,
  type ContentKind,
  type OperatorNotice,
} from '../../operator-content.js';
import type { Problem } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { ApplicationForm, AUDIENCES, NoticeForm, type Audience } from './content.form.js';
import type { OwnPages } from './own-pages.js';

/** A part of the TOP page: its words, its form, and how the form becomes an entry. */
export interface ContentPart<Kind extends ContentKind = ContentKind> {
  kind: Kind;
  path: string;
  title: Sentence;
  newTitle: Sentence;
  editTitle: Sentence;
  template: string;
  form: ClassConstructor<object>;
  blank: object;
  nameOf(entry: ContentEntries[Kind]): string;
  formOf(entry: ContentEntries[Kind]): object;
  entryOf(form: object): ContentEntries[Kind];
  /**
   * What the form alone does not tell.
   * @param form as it was typed, whatever else is wrong with it
   * @param own the pages that there are
   */
  problemOf?(form: object, own: OwnPages): Problem | undefined;
}

const AUDIENCE_WORDS: Record<Audience, Sentence> = {
  everybody: say('全員'),
  administrator: say('管理者'),
  staff: say('担当者'),
};

const notices: ContentPart<'notices'> = {
  kind: 'notices',
  path: '/desk/notices',
  title: say('お知らせの編集'),
  newTitle: say('お知らせの追加'),
  editTitle: say('お知らせの変更'),
  template: 'desk/notice',
  form: NoticeForm,
  blank: { audience: 'everybody' },
  nameOf: ({ title }) => title,
  formOf: ({ roles, ...entry }) => ({ ...entry, audience: audienceOf(roles) }),
  entryOf: (form) => {
    const { audience, title, text, ...others } = form as NoticeForm;
    return { title, text, ...given(others), ...rolesOf(audience) } as OperatorNotice;
  },
};

const applications: ContentPart<'applications'> = {
  kind: 'applications',
  path: '/desk/applications',
  title: say('サービスの編集'),
  newTitle: say('サービスの追加'),
  editTitle: say('サービスの変更'),
  template: 'desk/application',
  form: ApplicationForm,
  blank: { audience: 'everybody', icon: 'link' },
  nameOf: ({ name }) => name,
  formOf: ({ roles, icon = 'link', ...entry }) => ({
    ...entry,
    icon,
    audience: audienceOf(roles),
  }),
  entryOf: (form) => {
    const { audience, ...others } = form as ApplicationForm;
    return { ...given(others), ...rolesOf(audience) } as ApplicationTile;
  },
  problemOf: (form, own) => {
    const sentence = own.problemOf((form as ApplicationForm).url);
    return sentence && { name: 'url', sentence };
  },
};

export const CONTENT_PARTS = { notices, applications } as const;

/** For whom an entry is. */
export function audienceOf(roles: Role[] | undefined): Audience {
  return roles?.length === 1 ? roles[0]! : 'everybody';
}

export function audienceInWords(roles: Role[] | undefined): Sentence {
  return AUDIENCE_WORDS[audienceOf(roles)];
}

export const AUDIENCE_CHOICES = AUDIENCES.map((value) => ({ value, text: AUDIENCE_WORDS[value] }));

export const ICON_CHOICES = ICONS.map((value) => ({ value, text: ICON_WORDS[value] }));

function rolesOf(audience: string): { roles?: Role[] } {
  return audience === 'everybody' ? {} : { roles: [audience as Role] };
}

/** Without what was left empty. */
function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
