/** The first administrator of a company, or one more because the others left. */
export type EnrollmentKind = 'initial' | 'succession';
