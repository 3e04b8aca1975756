/** What somebody typed into a search: the empty text for whatever else an address may carry. */
export function typedText(typed: unknown): string {
  return typeof typed === 'string' ? typed.trim() : '';
}
