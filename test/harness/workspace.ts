import { entities, lists, rules, verbs } from '../../src/crm/index.ts';
import type { Ctx, Who } from '../../src/engine/ctx.ts';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { buildModel } from '../../src/engine/schema/build-model.ts';
import { systemEntities } from '../../src/engine/system/entities.ts';
import { systemRules } from '../../src/engine/system/rules.ts';
import { openPool } from '../../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../../src/engine/workspace/open.ts';
import { seedWorkspace } from '../../src/engine/workspace/seed.ts';
import { fold } from '../../src/lib/fold.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { Subscriber } from '../../src/model/subscriber.ts';
import type { DeclaredVerb } from '../../src/model/verb.ts';
import { testDatabase } from './database.ts';

/** A migrated workspace of a test's own, with people in it to act as. */
export interface TestWorkspace {
  readonly url: string;
  /** The system, with every right. */
  readonly system: Ctx;
  readonly entity: (name: string) => Entity;
  /** Makes a user with these roles and team names, and a ctx in which he acts. */
  user(
    name: string,
    o?: { readonly roles?: readonly string[]; readonly teams?: readonly string[] },
  ): Promise<Ctx>;
  close(): Promise<void>;
}

/** The model of the product, with further entities, subscribers, rules and verbs on top when a test brings its own. */
export const productModel = (
  more: readonly Entity[] = [],
  subscribers: readonly Subscriber[] = [],
  moreRules: readonly Rule[] = [],
  moreVerbs: readonly DeclaredVerb[] = [],
) =>
  buildModel({
    subscribers,
    entities: [...entities, ...more, ...systemEntities],
    lists,
    rules: [...rules, ...systemRules(lists), ...moreRules],
    verbs: [...verbs, ...moreVerbs],
  });

/** Opens a workspace in a database of the test's own. */
export async function testWorkspace(
  o: { readonly more?: readonly Entity[]; readonly subscribers?: readonly Subscriber[] } = {},
): Promise<TestWorkspace> {
  const database = await testDatabase();
  const pool = openPool(database.url);
  const model = productModel(o.more, o.subscribers);
  await migrateWorkspace({ db: pool.db, model, name: 'main' });
  if (o.more) await seedWorkspace({ db: pool.db, model, name: 'main', now: new Date() });
  const workspace = await openWorkspace({ db: pool.db, model, name: 'main' });
  const ctxOf = (who: Who): Ctx => ({
    who,
    workspace,
    locale: 'en',
    timeZone: 'Europe/Paris',
    get now() {
      return new Date();
    },
    db: pool.db,
    door: 'api',
    batch: null,
  });
  const system = ctxOf({ userId: null, name: 'Rapport', roles: ['administrator'], teams: [] });
  const teamIds = new Map<string, string>();
  const teamId = async (name: string): Promise<string> => {
    const known = teamIds.get(name);
    if (known) return known;
    const [made] = await createRecords(system, entityOf(model, 'team'), [{ name }]);
    teamIds.set(name, made?.id ?? '');
    return made?.id ?? '';
  };
  return {
    url: database.url,
    system,
    entity: (name) => entityOf(model, name),
    async user(name, { roles = ['sales'], teams = [] } = {}) {
      const memberOf = await Promise.all(teams.map(teamId));
      const [user] = await createRecords(system, entityOf(model, 'user'), [
        { name, email: `${fold(name).replace(/\W+/g, '.')}@example.org`, memberOf },
      ]);
      return ctxOf({ userId: user?.id ?? null, name, roles, teams: memberOf });
    },
    async close() {
      await workspace.close();
      await pool.close();
      await database.close();
    },
  };
}
