/** How good or bad what was looked at is. */
export type Verdict = 'ok' | 'warning' | 'mistake';

/** One line of the doctor. */
export interface Finding {
  /** What was looked at: `Database`. */
  readonly about: string;
  readonly verdict: Verdict;
  /** How it is, in a sentence. */
  readonly said: string;
  /** What to do about it; null when nothing has to be done. */
  readonly remedy: string | null;
}

/** All is well. */
export const ok = (about: string, said: string): Finding => ({ about, verdict: 'ok', said, remedy: null });

/** It works, and somebody should look at it. */
export const warning = (about: string, said: string, remedy: string): Finding => ({
  about,
  verdict: 'warning',
  said,
  remedy,
});

/** It doesn't work, or soon won't. */
export const mistake = (about: string, said: string, remedy: string): Finding => ({
  about,
  verdict: 'mistake',
  said,
  remedy,
});
