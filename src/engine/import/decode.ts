/** Largest file taken, in bytes. */
export const maxFileBytes = 50 * 1024 * 1024;
