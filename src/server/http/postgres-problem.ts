import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';

const unreachable = message(
  'database-unreachable',
  'The database can’t be reached just now. Nothing was changed; try again in a moment.',
  'La base de données est momentanément injoignable. Rien n’a été modifié ; réessayez dans un instant.',
  'Ahora mismo no se puede acceder a la base de datos. No se ha cambiado nada; inténtelo de nuevo en un momento.',
);
const lost = message(
  'database-lost',
  'The database went away while it worked on this. Whether a change was kept isn’t known: look before you send it again.',
  'La base de données s’est interrompue pendant l’opération. On ne sait pas si une modification a été conservée : vérifiez avant de la renvoyer.',
  'La base de datos se interrumpió durante la operación. No se sabe si se guardó algún cambio: compruébelo antes de enviarlo de nuevo.',
);
const tooSlow = message(
  'took-too-long',
  'This took too long and was stopped. Nothing was changed; narrow the filter or ask for less.',
  'L’opération était trop longue et a été interrompue. Rien n’a été modifié ; restreignez le filtre ou demandez moins.',
  'La operación ha tardado demasiado y se ha detenido. No se ha cambiado nada; acote el filtro o pida menos.',
);
const busy = message(
  'record-busy',
  'Others are changing the same records just now. Nothing was changed; try again.',
  'D’autres personnes modifient les mêmes fiches en ce moment. Rien n’a été modifié ; réessayez.',
  'Otras personas están cambiando los mismos registros ahora. No se ha cambiado nada; inténtelo de nuevo.',
);
const taken = message(
  'already-taken',
  'Another record already holds this value. Choose another one, or open that record.',
  'Une autre fiche a déjà cette valeur. Choisissez-en une autre ou ouvrez cette fiche.',
  'Otro registro ya tiene este valor. Elija otro o abra ese registro.',
);

/** SQLSTATEs after which the whole transaction may be tried again: serialization, deadlock, lock timeout. */
const retryable = new Set(['40001', '40P01', '55P03']);

/** What the network says when no server answers. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);

/** What the driver says, without any code, when it could send nothing: no connection is free, or it knows that it is closed. */
const neverSent =
  /timeout exceeded when trying to connect|timeout expired|not queryable|client was closed|cannot use a pool after/i;

/** What it says when the server went away before it answered. */
const lostConnection = /connection terminated|connection ended/i;

interface DatabaseError extends Error {
  readonly code?: string;
  readonly severity?: string;
  readonly syscall?: string;
  readonly detail?: string;
}

/** True when the transaction lost against another one and may win when tried again. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof Error && retryable.has((error as DatabaseError).code ?? '');

/** The refusal that tells a person what a PostgreSQL error means; null when it is no such error, or our own mistake. */
export function postgresProblem(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const { code = '', severity, syscall, detail } = error as DatabaseError;
  if (error instanceof AggregateError && error.errors.some((inner) => postgresProblem(inner)))
    return notReady();
  if (syscall !== undefined && networkCodes.has(code))
    return notReady(syscall === 'read' || syscall === 'write' ? lost : unreachable);
  if (severity === undefined) {
    if (lostConnection.test(error.message)) return notReady(lost);
    return neverSent.test(error.message) ? notReady() : null;
  }
  // Its end may have been asked for already: that nothing was changed can’t be promised.
  if (code === '57P01' || code === '57P02') return notReady(lost);
  if (/^(08|57P|53)/.test(code)) return notReady();
  if (code === '57014') return new Problem('not-ready', { message: tooSlow, extra: { retryAfter: 5 } });
  if (retryable.has(code)) return new Problem('conflict', { message: busy });
  if (code === '23505')
    return new Problem('invalid', { mistakes: [{ field: keyOf(detail), message: taken }] });
  return null;
}

const notReady = (said = unreachable): Problem =>
  new Problem('not-ready', { message: said, extra: { retryAfter: 2 } });

/** The field of `Key (email_fold)=(…) already exists`: its column, in the spelling of JSON. */
function keyOf(detail: string | undefined): string {
  const column =
    /^Key \(([^)]*)\)=/
      .exec(detail ?? '')?.[1]
      ?.split(',')
      .at(-1)
      ?.trim() ?? '';
  const name = column.replace(/_(fold|id)$/, '');
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
