const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text from a URL or a form can be an id at all: anything else is an absent one. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
