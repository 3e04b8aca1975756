/** The page that edits the draft; its pasted lines may come from a file. */
export const IP_DRAFT = '/ip-restriction/draft';

/** The page that tells what the draft would change. */
export const IP_DRAFT_CHECK = `${IP_DRAFT}/check`;
