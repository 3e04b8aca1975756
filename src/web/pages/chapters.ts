import { say, type Sentence } from '../sentence.js';
import type { Visit } from '../visit.js';

interface Chapter {
  path: string;
  title: Sentence;
  /** Only for administrators, or for leads of the desk. */
  isRestricted?: true;
  /** Reached by the name of the person instead of the menu. */
  isOwn?: true;
  /** Pages elsewhere that belong to it. */
  alsoBelow?: string[];
}

interface Area {
  top: { path: string; title: Sentence };
  chapters: Chapter[];
}

/** The menu in its order; each page below a chapter leads back to it. */
const chapters: Chapter[] = [
  {
    path: '/accounts',
    title: say('担当者情報変更'),
    isRestricted: true,
    alsoBelow: ['/admin-enrollment/cases'],
  },
  { path: '/security', title: say('セキュリティ設定'), isRestricted: true },
  { path: '/ip-restriction', title: say('IPアドレス制限'), isRestricted: true },
  { path: '/log', title: say('操作の記録'), isRestricted: true },
  { path: '/me', title: say('自分の情報とパスワード'), isOwn: true },
  { path: '/help', title: say('よくある質問') },
];

/** Pages of a chapter that have pages of their own below them. */
const SECTIONS = [
  { path: '/me/second-factor', title: say('2段階認証') },
  { path: '/desk/me/second-factor', title: say('2段階認証') },
];

/** Pages of a chapter that the menu behind the person's name leads to. */
const OWN_ENTRIES = ['/me/sign-ins'];

const CUSTOMERS: Area = { top: { path: '/', title: say('TOPページ') }, chapters };

/** The pages of the desk, which has a menu of its own. */
const DESK: Area = {
  top: { path: '/desk', title: say('TOPページ') },
  chapters: [
    { path: '/desk/cases', title: say('事案') },
    {
      path: '/desk/search',
      title: say('検索'),
      alsoBelow: ['/desk/corporations', '/desk/accounts'],
    },
    { path: '/desk/imports', title: say('取り込み'), isRestricted: true },
    { path: '/desk/log', title: say('担当窓口の記録') },
    {
      path: '/desk/notices',
      title: say('TOPページの編集'),
      isRestricted: true,
      alsoBelow: ['/desk/applications'],
    },
    { path: '/desk/operators', title: say('オペレーターの管理'), isRestricted: true },
    { path: '/desk/me', title: say('自分の設定'), isOwn: true },
  ],
};

/** Where a page stands, as its frame shows it. */
interface PagePlace {
  menu: { path: string; title: Sentence; isCurrent: boolean }[];
  /** The pages above it; empty for those of the menu itself. */
  above: { path: string; title: Sentence }[];
  /** Only some chapters are open now. */
  isLimited: boolean;
  /** The path of its entry in one of the header's menus; an empty text for pages outside of them. */
  entry: string;
}

/** @param url path and query of the page */
export function placeOf(url: string, { person, desk, banner }: Visit): PagePlace {
  const [path = ''] = url.split('?');
  const only = banner?.onlyOpen;
  const { top, chapters: all } = desk ? DESK : CUSTOMERS;
  const seesAll = desk ? desk.operator?.role === 'lead' : person?.role === 'administrator';
  const open = all.filter(
    ({ isRestricted, path: chapter }) =>
      (!isRestricted || seesAll) && (!only || only.includes(chapter)),
  );
  const chapter = open.find((each) => isWithin(each, path));
  const home = (desk ? desk.operator : person) && !only ? [top] : [];
  const chapterPath = chapter?.path ?? (path === top.path ? path : '');
  return {
    menu: [...home, ...open.filter(({ isOwn }) => !isOwn)].map(({ path, title }) => ({
      path,
      title,
      isCurrent: path === chapterPath,
    })),
    above: chapter && chapter.path !== path ? [...home, chapter, ...sectionsAbove(path)] : [],
    isLimited: only !== undefined,
    entry: OWN_ENTRIES.includes(path) ? path : chapterPath,
  };
}

/** Of those who may see the page of the person too. */
const ABOUT_PERSON = /^(\/accounts\/[\da-f-]{36})\/(?:email|sign-ins|second-factor)$/;

function sectionsAbove(path: string): typeof SECTIONS {
  const person = ABOUT_PERSON.exec(path)?.[1];
  if (person) return [{ path: person, title: say('利用者情報の変更') }];
  return SECTIONS.filter((section) => path.startsWith(`${section.path}/`));
}

function isWithin({ path: chapter, alsoBelow = [] }: Chapter, path: string): boolean {
  return [chapter, ...alsoBelow].some((root) => root === path || path.startsWith(`${root}/`));
}
