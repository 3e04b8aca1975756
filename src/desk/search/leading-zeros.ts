/** A table drops the zeros in front of a number, and a person puts one there. */
export function withoutZeros(number: string): string {
  return number.replace(/^0+(?=\d)/, '');
}

/** The number with as many zeros in front as there can be. */
export function withAnyZeros(number: string): string[] {
  const bare = withoutZeros(number);
  const lengths = Array.from({ length: 14 - bare.length }, (_, more) => bare.length + more);
  return lengths.map((length) => bare.padStart(length, '0'));
}
