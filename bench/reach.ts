import { sql } from 'kysely';
import type { Ctx, Who } from '../src/engine/ctx.ts';
import { listRecords } from '../src/engine/query/list.ts';
import { entityOf } from '../src/model/declarations.ts';
import { type Cost, costOf } from './look.ts';

/** A declared sort as an administrator reads it and as others do. */
export interface ReachLine {
  readonly name: string;
  readonly all: Cost;
  readonly team: Cost;
  readonly own: Cost;
  readonly manyTeams: Cost;
}

/**
 * The first page of each declared sort for an administrator, for somebody who sees what his team of five owns, for one
 * who sees his own, a twentieth, and for one who is in fifty teams.
 */
export async function reachLines(ctx: Ctx, rep: Who): Promise<readonly ReachLine[]> {
  const teams = await sql<{ id: string }>`
    select gen_random_uuid() as id from generate_series(1, 49)`.execute(ctx.db);
  const as = (who: Who): Ctx => ({ ...ctx, who });
  const readers = {
    all: as({ ...rep, roles: ['administrator'] }),
    team: as(rep),
    // Who is in no team sees what is his own.
    own: as({ ...rep, teams: [] }),
    manyTeams: as({ ...rep, teams: [...rep.teams, ...teams.rows.map(({ id }) => id)] }),
  };
  const lines: ReachLine[] = [];
  for (const name of ['account', 'contact', 'opportunity']) {
    const entity = entityOf(ctx.workspace.model, name);
    for (const sort of entity.sorts) {
      const cost = (reader: Ctx): Promise<Cost> =>
        costOf(reader, () =>
          listRecords(reader, entity, { sort, fields: entity.list.columns, count: 'none' }),
        );
      lines.push({
        name: `${entity.plural} by ${sort}`,
        all: await cost(readers.all),
        team: await cost(readers.team),
        own: await cost(readers.own),
        manyTeams: await cost(readers.manyTeams),
      });
    }
  }
  return lines;
}
