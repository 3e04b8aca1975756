/** The kind of the flow that a tab is in from 送信 until a link or a code leads on. */
export const RECOVERY_REQUEST = 'recovery-request';

export interface RequestedRecovery {
  email: string;
  /** Until when a link that was sent now would work. */
  endsAt: string;
}
