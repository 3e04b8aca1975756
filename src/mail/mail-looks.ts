import { tokenValue } from '../web/pages/design-tokens.js';

const color = (name: string) => tokenValue(`--color-${name}`);
const pixels = (name: string) => `${parseFloat(tokenValue(name)) * 16}px`;
const size = (step: number) => `font-size:${pixels(`--font-size-${step}`)}`;
const radius = `border-radius:${pixels('--border-radius-8')}`;

/** Colours by what they are for, as on the pages, and in the dark. */
export const MAIL_COLORS = {
  light: {
    page: '#f7f8fa',
    card: color('neutral-white'),
    text: color('neutral-solid-gray-900'),
    muted: color('neutral-solid-gray-700'),
    border: color('neutral-solid-gray-200'),
    primary: color('primitive-light-blue-1000'),
    onPrimary: color('neutral-white'),
    button: color('primitive-light-blue-1000'),
    onButton: color('neutral-white'),
    link: color('primitive-light-blue-900'),
    soft: color('neutral-solid-gray-50'),
    deadline: color('primitive-orange-50'),
    onDeadline: color('primitive-orange-1200'),
    deadlineEdge: color('primitive-orange-900'),
  },
  dark: {
    page: color('neutral-solid-gray-900'),
    card: '#262626',
    text: color('neutral-solid-gray-50'),
    muted: color('neutral-solid-gray-300'),
    border: color('neutral-solid-gray-700'),
    primary: color('primitive-light-blue-1200'),
    onPrimary: color('neutral-white'),
    button: color('primitive-light-blue-300'),
    onButton: color('primitive-light-blue-1200'),
    link: color('primitive-light-blue-300'),
    soft: color('neutral-solid-gray-800'),
    deadline: '#3d2a1c',
    onDeadline: color('primitive-orange-100'),
    deadlineEdge: color('primitive-orange-400'),
  },
};

type Color = keyof (typeof MAIL_COLORS)['light'];

interface Look {
  /** Colour of the surface; also as an attribute, which Word reads. */
  surface?: Color;
  text?: Color;
  edge?: Color;
  css: string;
}

const FONT =
  "font-family:'Hiragino Sans','Hiragino Kaku Gothic ProN','Noto Sans JP','Yu Gothic',Meiryo,sans-serif";
const WRAP = 'line-break:strict;overflow-wrap:anywhere';
/** Short Japanese breaks between phrases where the program can. */
const PHRASES = `word-break:auto-phrase;${WRAP}`;
const TEXT = `margin:0;${FONT};${size(16)};line-height:1.7;${WRAP}`;
const SMALL = `${FONT};${size(14)};line-height:1.6`;
const URL = 'word-break:break-all;overflow-wrap:anywhere';
const ROW = 'padding:0 0 24px';
const CELL = 'border-width:0 0 1px;border-style:solid';

/** The look of each thing in a mail; `class` and inline style have the same name. */
const MAIL_LOOKS: Record<string, Look> = {
  page: { surface: 'page', text: 'text', css: 'margin:0;padding:0' },
  preheader: {
    css: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all',
  },
  margin: { css: 'padding:32px 12px' },
  card: {
    surface: 'card',
    edge: 'border',
    css: `max-width:600px;margin:0 auto;border-width:1px;border-style:solid;border-collapse:separate;overflow:hidden;${radius}`,
  },
  header: { surface: 'primary', css: 'padding:20px 32px' },
  operator: { text: 'onPrimary', css: `margin:0;${SMALL}` },
  service: {
    text: 'onPrimary',
    css: `margin:0;${FONT};${size(18)};line-height:1.5;font-weight:bold`,
  },
  body: { surface: 'card', css: 'padding:32px 32px 8px' },
  heading: {
    text: 'text',
    css: `margin:0 0 24px;${FONT};${size(24)};line-height:1.5;font-weight:bold;${PHRASES}`,
  },
  row: { css: ROW },
  text: { css: TEXT },
  facts: { edge: 'border', css: 'width:100%;border-width:1px 0 0;border-style:solid' },
  label: {
    text: 'muted',
    surface: 'soft',
    edge: 'border',
    css: `width:38%;padding:10px 12px;text-align:left;font-weight:normal;${SMALL};${PHRASES};${CELL}`,
  },
  value: {
    edge: 'border',
    css: `padding:10px 12px;${FONT};${size(16)};line-height:1.5;${WRAP};${CELL}`,
  },
  deadline: {
    surface: 'deadline',
    text: 'onDeadline',
    edge: 'deadlineEdge',
    css: 'padding:12px 16px;border-width:0 0 0 4px;border-style:solid',
  },
  button: { surface: 'button', css: `mso-padding-alt:14px 28px;${radius}` },
  'button-label': {
    text: 'onButton',
    css: `display:inline-block;padding:14px 28px;${FONT};${size(17)};line-height:1.3;font-weight:bold;text-decoration:none;mso-padding-alt:0`,
  },
  hint: { text: 'muted', css: `margin:12px 0 0;${SMALL}` },
  link: { text: 'link', css: URL },
  list: { css: 'margin:0;padding:0 0 0 24px' },
  item: { css: `margin:0 0 8px;${FONT};${size(16)};line-height:1.7;${WRAP}` },
  command: {
    surface: 'soft',
    text: 'text',
    css: `margin:0;padding:12px 16px;font-family:Consolas,Menlo,monospace;${size(14)};line-height:1.6;${URL}`,
  },
  quote: {
    text: 'text',
    edge: 'border',
    css: 'margin:0;padding:4px 0 4px 16px;border-width:0 0 0 4px;border-style:solid;overflow-wrap:anywhere',
  },
  footer: {
    surface: 'soft',
    edge: 'border',
    css: 'padding:20px 32px;border-width:1px 0 0;border-style:solid',
  },
  small: { text: 'text', css: `margin:0 0 8px;${SMALL}` },
  sender: { text: 'muted', css: `margin:0;${SMALL}` },
};

/** The attributes of a tag: a class for the dark, a style for all the others, a colour for Word. */
const ATTRIBUTES = new Map(
  Object.entries(MAIL_LOOKS).map(([name, look]) => {
    const style = [...colorsOf(look, 'light'), look.css].join(';');
    const surface = look.surface ? ` bgcolor="${MAIL_COLORS.light[look.surface]}"` : '';
    return [name, `class="${name}" style="${style}"${surface}`];
  }),
);

export function lookOf(name: string): string {
  const attributes = ATTRIBUTES.get(name);
  if (!attributes) throw new Error(`No look is named ${name}`);
  return attributes;
}

/** What inline styles cannot say: the dark, and narrow screens. */
export function mailStyleSheet(): string {
  const dark = Object.entries(MAIL_LOOKS).map(([name, look]) => {
    const colors = colorsOf(look, 'dark').map((rule) => `${rule} !important`);
    return colors.length > 0 ? `.${name}{${colors.join(';')}}` : '';
  });
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    `@media (prefers-color-scheme:dark){${dark.join('')}}`,
    '@media (max-width:480px){',
    '.margin{padding:0 !important}.card{border-width:0 !important;border-radius:0 !important}',
    '.header,.footer{padding:16px 20px !important}.body{padding:24px 20px 4px !important}',
    '.heading{font-size:22px !important}.action{width:100% !important}',
    '.button-label{display:block !important;text-align:center !important}',
    '.label,.value{display:block !important;width:auto !important;padding:8px 12px !important}',
    '.label{border-width:0 !important}',
    '}',
  ].join('');
}

function colorsOf({ surface, text, edge }: Look, scheme: 'light' | 'dark'): string[] {
  const colors = MAIL_COLORS[scheme];
  return [
    surface && `background-color:${colors[surface]}`,
    text && `color:${colors[text]}`,
    edge && `border-color:${colors[edge]}`,
  ].filter((rule) => rule !== undefined);
}
