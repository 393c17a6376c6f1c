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

/** Connection lost, server stopping or starting, network errors. */
export function isUnreachable(error: unknown): boolean {
  const { code, message: text } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && /^(08|57P|53|ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code)) return true;
  return typeof text === 'string' && /connection terminated|client has encountered/i.test(text);
}
