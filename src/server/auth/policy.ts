/** How long a session lasts without being used, in seconds: a week. */
export const idleSeconds = 7 * 24 * 3600;

/** How long a session lasts at most, in seconds: 30 days. */
export const absoluteSeconds = 30 * 24 * 3600;

/** How often the last use of a session or key is written at most, in seconds. */
export const seenEverySeconds = 60;

/** Wrong sign-ins for one e-mail address before each further one has to wait. */
export const freeFailuresPerEmail = 5;

/** Wrong sign-ins from one network address before each further one has to wait: an office shares one. */
export const freeFailuresPerAddress = 50;

/** The longest wait after wrong sign-ins, in seconds. */
export const longestWaitSeconds = 15 * 60;

/** Wrong sign-ins are forgotten after this many seconds: a day. */
export const forgetFailuresSeconds = 24 * 3600;
