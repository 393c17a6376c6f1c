import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Said } from './said.ts';

const stoppedOddly = message(
  'work-stopped',
  'Something went wrong on our side, so it stopped here. Try again; if it stops again, tell your administrator.',
  'Une erreur est survenue de notre côté : l’opération s’est arrêtée ici. Réessayez ; si elle s’arrête encore, prévenez votre administrateur.',
  'Algo ha fallado por nuestra parte y la operación se detuvo aquí. Inténtelo de nuevo; si vuelve a detenerse, avise a su administrador.',
);

/** Why work stopped, to be kept with it. */
export function reasonOf(error: unknown): Said {
  const detail = error instanceof Problem ? error.detail : {};
  const [mistake] = detail.mistakes ?? [];
  const said = detail.message ?? mistake?.message;
  if (!said) return { message: stoppedOddly };
  const params = detail.message ? detail.params : mistake?.params;
  return { message: said, ...(params ? { params } : {}) };
}

/** The server is away, stopping, starting or full; the transaction lost against others. */
const passingCodes =
  /^(08|53|57P|40001|40P01|55P03|ECONN|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/;

/** What the driver says, without a code, when it has no connection to give, or one that is gone. */
const passingWords =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|timeout expired/i;

/** Whether a failure passes by itself, so that the same work may succeed when it is tried again later. */
export function isPassing(error: unknown): boolean {
  const { code, message: text } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && passingCodes.test(code)) return true;
  return typeof text === 'string' && passingWords.test(text);
}
