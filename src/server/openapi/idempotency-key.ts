import type { Ctx } from '../../engine/ctx.ts';
import { message, tell } from '../../lib/message.ts';
import { takesIdempotencyKey } from '../once/only-once.ts';
import { type Json, ref } from './schema-parts.ts';

const description = message(
  'openapi-idempotency-key',
  'A key of your own, a UUID for example, so that this can be sent again without being done twice: the same request gets the same answer for 24 hours, with “Idempotency-Replayed: true”. With another request the key is refused (422); while the first is being worked on, 409 with Retry-After. A refused request has changed nothing: it may be mended and sent again with its key.',
  'Une clé de votre choix, par exemple un UUID, pour pouvoir renvoyer ceci sans le faire deux fois : la même requête reçoit la même réponse pendant 24 heures, avec « Idempotency-Replayed: true ». Avec une autre requête la clé est refusée (422) ; tant que la première est en cours, 409 avec Retry-After. Une requête refusée n’a rien modifié : elle peut être corrigée et renvoyée avec sa clé.',
  'Una clave propia, por ejemplo un UUID, para poder enviar esto de nuevo sin hacerlo dos veces: la misma petición recibe la misma respuesta durante 24 horas, con «Idempotency-Replayed: true». Con otra petición la clave se rechaza (422); mientras la primera se trata, 409 con Retry-After. Una petición rechazada no ha cambiado nada: puede corregirse y enviarse de nuevo con su clave.',
);
const busy = message(
  'openapi-idempotency-busy',
  'Somebody changed the same meanwhile, or the request with this Idempotency-Key is still being worked on',
  'Quelqu’un a modifié la même chose entre-temps, ou la requête portant cette Idempotency-Key est encore en cours',
  'Alguien cambió lo mismo mientras tanto, o la petición con esta Idempotency-Key aún se está tratando',
);

interface Operation {
  readonly parameters?: readonly Json[];
  readonly responses?: Readonly<Record<string, Json>>;
}

/** These paths, with the header that each POST takes and its refusal. */
export function withIdempotencyKey(ctx: Ctx, paths: Json): Json {
  const parameter: Json = {
    name: 'Idempotency-Key',
    in: 'header',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    description: tell(ctx.locale, description),
  };
  const conflict: Json = {
    description: tell(ctx.locale, busy),
    content: { 'application/problem+json': { schema: ref('Problem') } },
  };
  const keyed = (post: Operation): Json => ({
    ...post,
    parameters: [...(post.parameters ?? []), parameter],
    responses: { ...post.responses, 409: conflict },
  });
  return Object.fromEntries(
    Object.entries(paths as Readonly<Record<string, { readonly post?: Operation }>>).map(([path, item]) => [
      path,
      item.post && takesIdempotencyKey(path) ? { ...item, post: keyed(item.post) } : item,
    ]),
  );
}
