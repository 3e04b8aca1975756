const FORM =
  '(?:株式|有限|合同|合資|合名)会社|(?:一般|公益)?(?:社団|財団)法人|(?:医療|学校|宗教|社会福祉|特定非営利活動|独立行政)法人';
const FORM_FIRST = new RegExp(`^(?:${FORM})(?=.)`);
const FORM_LAST = new RegExp(`(?<=.)(?:${FORM})$`);

/** The parts between which a company's name breaks where it does not fit into a line: not within 有限会社. */
export function partsOfCompanyName(name: string): string[] {
  const [first = ''] = FORM_FIRST.exec(name) ?? [];
  const rest = name.slice(first.length);
  const [last = ''] = FORM_LAST.exec(rest) ?? [];
  return [first, rest.slice(0, rest.length - last.length), last].filter((part) => part !== '');
}
