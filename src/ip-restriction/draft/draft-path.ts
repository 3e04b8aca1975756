/** The page that edits the draft; its pasted lines may come from a file. */
export const IP_DRAFT = '/ip-restriction/draft';
