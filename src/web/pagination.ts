/**
 * The partial `pagination`, of pages that have numbers.
 * @param number from 1 on
 * @param pathOf the page with a number
 */
export function numberedPages(
  number: number,
  size: number,
  total: number,
  pathOf: (number: number) => string,
) {
  const to = Math.min(total, number * size);
  return {
    from: Math.min(total, (number - 1) * size + 1),
    to,
    total,
    isMore: false,
    previous: number > 1 ? pathOf(number - 1) : null,
    next: to < total ? pathOf(number + 1) : null,
  };
}
