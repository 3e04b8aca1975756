/** Ids in URLs and forms are text that anybody typed: only this shape is looked for. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
}
