import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { hasAdministrator } from '../../engine/access/guard-accounts.ts';
import { type Ctx, systemWho, type Workspace } from '../../engine/ctx.ts';
import { createRecords } from '../../engine/record/verbs.ts';
import type { Locale } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import { hashPassword } from './password-hash.ts';
import { passwordMistakes } from './password-rules.ts';
import { storePassword } from './passwords.ts';
import { readTextSetting, settingNames, writeSetting } from './settings.ts';
import { hashToken, isToken, newToken } from './token.ts';

const closed = message(
  'set-up-closed',
  'This set-up link isn’t valid: it was used already, or a later start of Rapport printed a new one. See the server’s output.',
  'Ce lien d’installation n’est pas valable : il a déjà servi, ou un démarrage ultérieur de Rapport en a affiché un nouveau. Voyez la sortie du serveur.',
  'Este enlace de instalación no es válido: ya se usó o un arranque posterior de Rapport mostró otro. Mire la salida del servidor.',
);

/** What the first administrator tells at set-up. */
export interface SetUp {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly company: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly currency: string;
}

type Place = Pick<Ctx, 'db'> & { readonly workspace: Workspace };

/** Whether the workspace still waits for its first administrator. */
export const needsSetUp = async ({ db, workspace }: Place): Promise<boolean> =>
  !(await hasAdministrator(db, workspace.schema));

/** Makes the one-time token of the set-up link, in place of any former one; null once there is an administrator. */
export async function newSetUpToken(place: Place): Promise<string | null> {
  if (!(await needsSetUp(place))) return null;
  const token = newToken();
  await writeSetting(
    place.db,
    place.workspace.schema,
    settingNames.setupToken,
    hashToken(token).toString('hex'),
  );
  return token;
}

/** Sets the workspace up for whoever holds the token, and answers the administrator's id. Of two at once, one wins. */
export async function setUpWithToken(place: Place, token: string, given: SetUp): Promise<string> {
  const kept = await readTextSetting(place.db, place.workspace.schema, settingNames.setupToken);
  const isRight =
    isToken(token) && kept !== null && timingSafeEqual(hashToken(token), Buffer.from(kept, 'hex'));
  if (!isRight) throw new Problem('forbidden', { message: closed });
  return setUp(place, given, kept);
}

/** Sets the workspace up without a token, for an unattended start; null when there is an administrator already. */
export const setUpUnattended = async (place: Place, given: SetUp): Promise<string | null> =>
  (await needsSetUp(place)) ? setUp(place, given, null) : null;

async function setUp(place: Place, given: SetUp, token: string | null): Promise<string> {
  const { workspace } = place;
  const mistakes: readonly Mistake[] = passwordMistakes(given.password, 'password', given.email);
  const hash = mistakes.length > 0 ? null : await hashPassword(given.password);
  return place.db.transaction().execute(async (db) => {
    // Whoever comes second waits here, and finds an administrator.
    await sql`lock table ${sql.id(workspace.schema, 'user')} in share row exclusive mode`.execute(db);
    const kept = await readTextSetting(db, workspace.schema, settingNames.setupToken);
    if ((await hasAdministrator(db, workspace.schema)) || (token !== null && kept !== token)) {
      throw new Problem('forbidden', { message: closed });
    }
    const now = new Date();
    const [created] = await createFirst({ ...place, db, now }, given, mistakes);
    if (!created || hash === null) throw new Problem('invalid', { mistakes });
    await storePassword({ db, schema: workspace.schema, now }, created.id, hash);
    const { company, currency, timeZone, locale, setupToken } = settingNames;
    await writeSetting(db, workspace.schema, company, given.company);
    await writeSetting(db, workspace.schema, currency, given.currency);
    await writeSetting(db, workspace.schema, timeZone, given.timeZone);
    await writeSetting(db, workspace.schema, locale, given.locale);
    await sql`delete from ${sql.id(workspace.schema, 'setting')} where name = ${setupToken}`.execute(db);
    return created.id;
  });
}

/** Creates the administrator's user; the mistakes of the record and of the password are told together. */
async function createFirst(
  place: Place & { readonly now: Date },
  given: SetUp,
  mistakes: readonly Mistake[],
) {
  const { db, workspace, now } = place;
  const { locale, timeZone, name, email } = given;
  const ctx: Ctx = { who: systemWho, workspace, locale, timeZone, now, db, door: 'system', batch: null };
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(workspace.schema, 'role')} where code = ${administrator} and removed_at is null
  `.execute(db);
  const roles = rows.map((row) => row.id);
  if (roles.length === 0) throw new Error('the workspace has no role administrator: it was not seeded');
  try {
    return await createRecords(ctx, entityOf(workspace.model, 'user'), [
      { name, email, locale, timeZone, roles },
    ]);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'invalid') throw error;
    throw new Problem('invalid', { mistakes: [...(error.detail.mistakes ?? []), ...mistakes] });
  }
}
