import { Problem } from '../../src/lib/problem.ts';

/** The problem with which `work` is refused; anything else it throws, or its success, fails the test. */
export async function refusal(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was not refused');
}

/** Field and code of each mistake a problem tells. */
export const mistakes = (problem: Problem): readonly (readonly [string, string])[] =>
  (problem.detail.mistakes ?? []).map((mistake) => [mistake.field, mistake.message.code] as const);
