import type { Config } from '../../config.js';
import { contrastsOf, isWeak, themeIn } from '../../web/pages/theme.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('theme');

/** Whether people can read the pages in the operator's colours. */
export function themeFindings({ themeFile }: Config): Finding[] {
  if (themeFile === undefined) return [ok('標準の配色です。')];
  const weak = contrastsOf(themeIn(themeFile)).filter(isWeak);
  if (weak.length === 0) return [ok('THEME_FILE の配色は、どの組み合わせも読み取れます。')];
  return weak.map(({ scheme, colour, ground, ratio, least }) =>
    warn(
      '{scheme} の {colour} は {ground} の上で読みにくくなります（コントラスト比 {ratio}、必要な値は {least}）。',
      { scheme, colour, ground, ratio: ratio.toFixed(2), least },
    ),
  );
}
