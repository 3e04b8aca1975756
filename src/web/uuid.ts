const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Texts from URLs and forms that cannot be an id are treated as an absent one. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
