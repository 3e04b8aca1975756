/** For so long the desk can suspend a restriction at most. */
export const LONGEST_HOURS = 72;
