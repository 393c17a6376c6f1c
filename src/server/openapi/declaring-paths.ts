import type { Ctx } from '../../engine/ctx.ts';
import { declaring } from '../../engine/declare/declarations.ts';
import { message, tell } from '../../lib/message.ts';
import { administrator } from '../../model/access.ts';
import { operation, pathIdParameter } from './operation.ts';
import { type Json, list, object, orNull } from './schema-parts.ts';

const words = {
  tag: message('api-declaring', 'Declarations', 'Déclarations', 'Declaraciones'),
  lost: message(
    'api-lost-values',
    'How many values would be lost, and the name that deleting them asks for',
    'Combien de valeurs seraient perdues, et le nom que demande leur effacement',
    'Cuántos valores se perderían y el nombre que pide eliminarlos',
  ),
  delete: message(
    'api-delete-values',
    'Delete for good what a retired declaration still holds; can’t be undone',
    'Effacer définitivement ce que garde une déclaration retirée ; sans retour possible',
    'Eliminar definitivamente lo que guarda una declaración retirada; no se puede deshacer',
  ),
  builds: message(
    'api-index-builds',
    'How far the indexes have come that declarations wait for',
    'Où en sont les index qu’attendent les déclarations',
    'Cómo van los índices que esperan las declaraciones',
  ),
  retry: message(
    'api-index-retry',
    'Try failed index builds again',
    'Relancer les constructions d’index échouées',
    'Reintentar las construcciones de índices fallidas',
  ),
};

const text: Json = { type: 'string' };
const number: Json = { type: 'number' };
const whole: Json = { type: 'integer' };
const lost = object({ name: text, values: whole });
const build = object({
  name: text,
  entity: orNull(text),
  state: { type: 'string', enum: ['waiting', 'building', 'done', 'failed'] },
  progress: orNull(number),
  phase: orNull(text),
  error: orNull(text),
  at: { type: 'string', format: 'date-time' },
});

/** The doors of what administrators declare, beside those that declarations have as records. */
export function declaringPaths(ctx: Ctx): Json {
  if (!ctx.who.roles.includes(administrator)) return {};
  const say = (key: keyof typeof words): string => tell(ctx.locale, words[key]);
  const tag = say('tag');
  const values = declaring.map(({ plural, name }): readonly [string, Json] => [
    `/${plural}/{id}/values`,
    {
      parameters: [pathIdParameter],
      get: operation({ id: `${name}-values`, tag, summary: say('lost'), answers: { 200: lost } }),
      delete: operation({
        id: `${name}-deleteValues`,
        tag,
        summary: say('delete'),
        body: object({ confirm: text }),
        answers: { 200: lost },
      }),
    },
  ]);
  return {
    ...(Object.fromEntries(values) as Json),
    '/index-builds': {
      get: operation({
        id: 'indexBuilds',
        tag,
        summary: say('builds'),
        answers: { 200: object({ items: list(build) }) },
      }),
      post: operation({
        id: 'retryIndexBuilds',
        tag,
        summary: say('retry'),
        answers: { 200: object({ waiting: whole }) },
      }),
    },
  };
}
