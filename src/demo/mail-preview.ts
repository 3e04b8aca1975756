/** A mail with the values of an invented person. */
export interface MailPreview {
  mail: string;
  /** Tells several of one mail apart. */
  variant?: string;
  model: Record<string, unknown>;
}

/** The invented person, and a moment in words. */
export interface PreviewFacts {
  person: { corporationName: string; name: string };
  time: string;
}

export const PREVIEW_SITE = 'https://genkan.example';

/** As it stands in the URL of the preview. */
export function nameOfPreview({ mail, variant }: MailPreview): string {
  return variant ? `${mail}--${variant}` : mail;
}
