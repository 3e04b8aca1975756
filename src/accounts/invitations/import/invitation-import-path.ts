/** The page that takes many people at once, from a file or pasted. */
export const INVITATION_IMPORT = '/accounts/invitations/import';
