const FORM = [
  '株式会社',
  '有限会社',
  '合同会社',
  '合資会社',
  '合名会社',
  '一般社団法人',
  '一般財団法人',
  '公益社団法人',
  '公益財団法人',
  '社団法人',
  '財団法人',
  '医療法人',
  '学校法人',
  '宗教法人',
  '社会福祉法人',
  '特定非営利活動法人',
  '独立行政法人',
].join('|');
const FORM_FIRST = new RegExp(`^(?:${FORM})(?=.)`);
const FORM_LAST = new RegExp(`(?<=.)(?:${FORM})$`);

/** The parts between which a company's name breaks where it does not fit into a line: not within 有限会社. */
export function partsOfCompanyName(name: string): string[] {
  const [first = ''] = FORM_FIRST.exec(name) ?? [];
  const rest = name.slice(first.length);
  const [last = ''] = FORM_LAST.exec(rest) ?? [];
  return [first, rest.slice(0, rest.length - last.length), last].filter((part) => part !== '');
}
