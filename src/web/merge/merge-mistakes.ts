import { ApiProblem } from '../../web-kit/api/problem.ts';
import { type Mistakes, mistakesOf } from '../form/mistakes.ts';

/** The mistakes for which a merge was refused, by field; those of related records, and what isn’t about a field, beside them. */
export function wrongByField(error: unknown, fields: ReadonlySet<string>): Mistakes {
  if (!(error instanceof ApiProblem)) return mistakesOf(error, fields);
  if (error.mistakes.length === 0) return { fields: {}, others: [error.message] };
  const own = error.mistakes.map((mistake) => ({ ...mistake, field: mistake.field.replace(/^take\./, '') }));
  return mistakesOf(new ApiProblem(error.status, { ...error.document, mistakes: own }), fields);
}
