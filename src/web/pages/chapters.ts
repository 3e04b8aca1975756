import { say, type Sentence } from '../sentence.js';
import type { Visit } from '../visit.js';

interface Chapter {
  path: string;
  title: Sentence;
  isForAdministrators?: true;
  /** Reached by the name of the person instead of the menu. */
  isOwn?: true;
  /** Pages elsewhere that belong to it. */
  alsoBelow?: string;
}

/** The menu in its order; each page below a chapter leads back to it. */
const chapters: Chapter[] = [
  {
    path: '/accounts',
    title: say('担当者情報変更'),
    isForAdministrators: true,
    alsoBelow: '/admin-enrollment/cases',
  },
  { path: '/security', title: say('セキュリティ設定'), isForAdministrators: true },
  { path: '/ip-restriction', title: say('IPアドレス制限'), isForAdministrators: true },
  { path: '/me', title: say('自分の情報とパスワード'), isOwn: true },
  { path: '/help', title: say('よくある質問') },
];

/** Pages of a chapter that have pages of their own below them. */
const SECTIONS = [{ path: '/me/second-factor', title: say('2段階認証') }];

const TOP = { path: '/', title: say('TOPページ') };

/** Where a page stands, as its frame shows it. */
export interface PagePlace {
  menu: { path: string; title: Sentence; isCurrent: boolean }[];
  /** The pages above it; empty for those of the menu itself. */
  above: { path: string; title: Sentence }[];
  /** Only some chapters are open now. */
  isLimited: boolean;
  /** The path of its entry in the menu; an empty text for pages outside of it. */
  chapter: string;
}

/** @param url path and query of the page */
export function placeOf(url: string, { person, banner }: Visit): PagePlace {
  const [path = ''] = url.split('?');
  const only = banner?.onlyOpen;
  const open = chapters.filter(
    ({ isForAdministrators, path: chapter }) =>
      (!isForAdministrators || person?.role === 'administrator') &&
      (!only || only.includes(chapter)),
  );
  const chapter = open.find((each) => isWithin(each, path));
  const home = person && !only ? [TOP] : [];
  const chapterPath = chapter?.path ?? (path === '/' ? '/' : '');
  return {
    menu: [...home, ...open.filter(({ isOwn }) => !isOwn)].map(({ path, title }) => ({
      path,
      title,
      isCurrent: path === chapterPath,
    })),
    above: chapter && chapter.path !== path ? [...home, chapter, ...sectionsAbove(path)] : [],
    isLimited: only !== undefined,
    chapter: chapterPath,
  };
}

function sectionsAbove(path: string): typeof SECTIONS {
  return SECTIONS.filter((section) => path.startsWith(`${section.path}/`));
}

function isWithin({ path: chapter, alsoBelow }: Chapter, path: string): boolean {
  return [chapter, alsoBelow].some((root) => root === path || path.startsWith(`${root}/`));
}
