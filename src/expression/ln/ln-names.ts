import { fold } from '../../lib/fold.ts';
import { isUnresolved, nextNames, resolvePath, type Scope } from '../scope.ts';
import type { LnNames } from './read-ln.ts';

/**
 * What a selection of LN may name here: fields of the entity by their own name or the one people see. The object and
 * the table before it are LN's own and say nothing more.
 */
export function lnNames(scope: Scope): LnNames {
  const fields = nextNames([], scope, false);
  const named = (wanted: string): string | null =>
    (
      fields.find(({ name }) => name === wanted) ??
      fields.find(({ name, label }) =>
        [name, ...Object.values(label)].some((said) => fold(said) === fold(wanted)),
      )
    )?.name ?? null;
  return {
    field: (name) => named(name.slice(name.indexOf('.') + 1)),
    attribute: (_, name) => named(name),
    attributes: () =>
      fields
        .map(({ name }) => name)
        .filter((name) => {
          const path = resolvePath([name], scope);
          return !isUnresolved(path) && path.kind === 'text';
        }),
  };
}
