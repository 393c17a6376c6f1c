import { expect } from 'vitest';
import type { Locale } from '../../src/lib/locale.ts';
import { allMessages } from '../../src/lib/message.ts';
import { problemKinds } from '../../src/lib/problem.ts';
import type { Answer } from '../harness/doors.ts';

/** How a request is refused: status, code, and of mistakes in fields which field and code each. */
export interface Refusal {
  readonly what: string;
  readonly status: number;
  readonly code: string;
  readonly mistakes?: readonly (readonly [field: string, code: string])[];
  /** Of a filter: where it goes wrong, from which character to which. */
  readonly at?: readonly [from: number, to: number];
}

/** What a catalogue's sentence looks like once its places are filled. */
function fits(said: string, code: string, locale: Locale): boolean {
  const known = allMessages().find((message) => message.code === code);
  if (!known) return false;
  const pattern = known.text[locale]
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*');
  return new RegExp(`^${pattern}$`).test(said);
}

/** Fails unless the refusal is what the case says, in words of the catalogue and of the reader's language. */
export function expectRefusal(answer: Answer, bad: Refusal, locale: Locale): void {
  const told = `${bad.what} in ${locale}: ${answer.text.slice(0, 800)}`;
  expect(answer.status, told).toBe(bad.status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const { body } = answer;
  expect(body, told).toMatchObject({ status: bad.status, code: bad.code });
  const kind = Object.entries(problemKinds).find(([code]) => body.type === `/problems/${code}`);
  expect(body.title, told).toBe(kind?.[1].title.text[locale]);
  const mistakes = body.mistakes ?? [];
  expect(
    mistakes.map(({ field, code }) => [field, code]),
    told,
  ).toEqual(bad.mistakes ?? []);
  const sentences = [
    ...mistakes.map((mistake) => [(mistake as { message?: string }).message ?? '', mistake.code] as const),
    ...(bad.mistakes ? [] : [[body.detail ?? '', bad.code] as const]),
  ];
  for (const [said, code] of sentences) {
    expect(said.length, told).toBeGreaterThan(12);
    expect(said, told).not.toMatch(/\{\w+\}|undefined|\[object/);
    expect(fits(said, code, locale), `“${said}” isn’t what the catalogue says for ${code} in ${locale}`).toBe(
      true,
    );
  }
  if (bad.at) {
    const [error] = body.errors as { from: number; to: number; line: number; column: number }[];
    expect([error?.from, error?.to], told).toEqual(bad.at);
    expect([error?.line, error?.column], told).toEqual([1, bad.at[0] + 1]);
  }
}
