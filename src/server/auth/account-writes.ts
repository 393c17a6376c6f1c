import { mayEver } from '../../engine/access/access.ts';
import { refusePasswordsBeyondRank } from '../../engine/access/guard-accounts.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { refuseCreation } from '../../engine/record/may-create.ts';
import { inTransaction } from '../../engine/record/transaction.ts';
import { createRecords, updateRecords } from '../../engine/record/verbs.ts';
import { noteSecurity } from '../../engine/security/security-log.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { RecordOut } from '../../model/record.ts';
import { hashPassword } from './password-hash.ts';
import { passwordMistakes } from './password-rules.ts';
import { storePassword } from './passwords.ts';
import { endSessions } from './sessions.ts';

const notText = message(
  'password-not-text',
  'Give the password as text.',
  'Donnez le mot de passe sous forme de texte.',
  'Dé la contraseña como texto.',
);

const ownPassword = message(
  'password-own',
  'Change your own password in your profile, which asks for the current one.',
  'Modifiez votre propre mot de passe dans votre profil, qui demande l’actuel.',
  'Cambie su propia contraseña en su perfil, que le pide la actual.',
);

/** A change of one record as doors send it on. */
export interface Change {
  readonly id: string;
  readonly version?: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Creates users; `password` in an input is kept apart from the record, as its hash. */
export async function createUsers(
  ctx: Ctx,
  inputs: readonly Readonly<Record<string, unknown>>[],
  pathOf: (index: number) => string,
): Promise<readonly RecordOut[]> {
  refuseCreation(ctx, userOf(ctx));
  const split = inputs.map(({ password, ...values }) => ({ password, values }));
  const mistakes = split.flatMap(({ password, values }, index) =>
    mistakesOf(password, values.email, pathOf(index)),
  );
  if (mistakes.length > 0) {
    // The verb's own mistakes matter as well: everything is told at once.
    throw new Problem('invalid', {
      mistakes: [
        ...(await otherMistakes(
          ctx,
          split.map(({ values }) => values),
        )),
        ...mistakes,
      ],
    });
  }
  const hashes = await Promise.all(split.map(({ password }) => hashOf(password)));
  return inTransaction(ctx, async (inner) => {
    const created = await createRecords(
      inner,
      userOf(ctx),
      split.map(({ values }) => values),
    );
    for (const [index, hash] of hashes.entries()) {
      const id = created[index]?.id;
      if (hash !== null && id !== undefined) await storePassword(placeOf(inner), id, hash);
    }
    return created;
  });
}

/**
 * Changes users; a `password` among the values is an administrator's reset of somebody else's, which ends that user's
 * sessions.
 */
export async function updateUsers(
  ctx: Ctx,
  changes: readonly Change[],
  pathOf: (index: number) => string,
): Promise<readonly RecordOut[]> {
  const split = changes.map(({ values: { password, ...values }, ...rest }) => ({
    password,
    change: { ...rest, values },
  }));
  const changed = split.map(({ change }) => change);
  // Who may change nobody is refused before any password is hashed.
  if (!mayEver(ctx, userOf(ctx), 'update')) return updateRecords(ctx, userOf(ctx), changed);
  const mistakes = split.flatMap(({ password, change }, index) =>
    password !== undefined && change.id === ctx.who.userId
      ? [{ field: `${pathOf(index)}password`, message: ownPassword }]
      : mistakesOf(password, change.values.email, pathOf(index)),
  );
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  const hashes = await Promise.all(split.map(({ password }) => hashOf(password)));
  const reset = split.flatMap(({ password, change }) => (password === undefined ? [] : [change.id]));
  return inTransaction(ctx, async (inside) => {
    await refusePasswordsBeyondRank(inside, reset);
    const updated = await updateRecords(inside, userOf(ctx), changed);
    for (const [index, hash] of hashes.entries()) {
      const id = changes[index]?.id;
      if (hash === null || id === undefined) continue;
      await storePassword(placeOf(inside), id, hash);
      await endSessions(placeOf(inside), id, null);
      await noteSecurity(inside, { kind: 'password-reset', subject: String(updated[index]?.email ?? id) });
    }
    return updated;
  });
}

const hashOf = async (password: unknown): Promise<string | null> =>
  typeof password === 'string' ? hashPassword(password) : null;

const userOf = (ctx: Ctx): Entity => entityOf(ctx.workspace.model, 'user');

const placeOf = (ctx: Ctx) => ({ db: ctx.db, schema: ctx.workspace.schema, now: ctx.now });

function mistakesOf(password: unknown, email: unknown, path: string): readonly Mistake[] {
  const field = `${path}password`;
  if (password === undefined) return [];
  if (typeof password !== 'string') return [{ field, message: notText }];
  return passwordMistakes(password, field, typeof email === 'string' ? email : null);
}

/** What the verb would say of the records themselves, tried in a transaction that is taken back. */
async function otherMistakes(
  ctx: Ctx,
  inputs: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly Mistake[]> {
  const undo = new Error('taken back');
  try {
    await inTransaction(ctx, async (inner) => {
      await createRecords(inner, userOf(ctx), inputs);
      throw undo;
    });
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid') return error.detail.mistakes ?? [];
    if (error !== undo) throw error;
  }
  return [];
}
