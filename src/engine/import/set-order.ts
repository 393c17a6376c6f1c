import type { ImportMapping } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { targetMap } from './plan.ts';
import type { Target } from './targets.ts';

/** What decides when a file's turn comes. */
interface Ordered {
  readonly entity: string;
  readonly mapping: ImportMapping;
}

/**
 * The files of a set in the order in which they are worked on: one that fills an entity comes before those whose
 * columns name its records, however they were given. Where they name one another, the one that names least goes first.
 */
export function inOrder<T extends Ordered>(ctx: Ctx, files: readonly T[]): readonly T[] {
  const given = new Set(files.map(({ entity }) => entity));
  let open = files.map((file) => ({ file, needs: namedBy(ctx, file, given) }));
  const ordered: T[] = [];
  while (open.length > 0) {
    const left = new Set(open.map(({ file }) => file.entity));
    const missing = ({ needs }: (typeof open)[number]): number =>
      needs.filter((name) => left.has(name)).length;
    const fewest = Math.min(...open.map(missing));
    const next = open.find((each) => missing(each) === fewest);
    if (!next) break;
    ordered.push(next.file);
    open = open.filter((each) => each !== next);
  }
  return ordered;
}

/** The other entities of the set whose records a file names. */
function namedBy(
  ctx: Ctx,
  { entity: name, mapping }: Ordered,
  given: ReadonlySet<string>,
): readonly string[] {
  const entity = ctx.workspace.model.entities.get(name);
  const targets: ReadonlyMap<string, Target> = entity ? targetMap(ctx, entity) : new Map();
  const filled = [...mapping.columns, ...(mapping.constants ?? [])];
  const named = filled.flatMap(({ to }) => (to === null ? [] : (targets.get(to)?.names ?? [])));
  return [...new Set(named)].filter((each) => each !== name && given.has(each));
}
