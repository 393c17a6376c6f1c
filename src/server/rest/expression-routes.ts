import type { FastifyInstance } from 'fastify';
import { refuseReading } from '../../engine/access/access.ts';
import { scopeOf } from '../../engine/query/filter.ts';
import { complete } from '../../expression/complete.ts';
import { examine } from '../../expression/examine.ts';
import { groupOf } from '../../expression/groups.ts';
import { limits } from '../../expression/syntax.ts';
import { address } from '../http/address.ts';
import { exactText, integer, oneOf, optional, type Reader, readBody } from '../http/input.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';

/** Text as it was typed, since white space counts for positions; empty text is no mistake. */
const typed: Reader<string> = (given) => (given === '' ? { value: '' } : exactText(2 * limits.length)(given));

/** What editors of expressions ask, ours or a program's: is it right, how is it written well, what may follow. */
export function expressionRoutes(app: FastifyInstance, services: Services): void {
  address(
    app,
    '/:plural/expression/check',
    {
      POST: async (request) => {
        const ctx = ctxOf(services, request);
        const entity = entityOfRequest(request);
        refuseReading(ctx, entity);
        const { text, notation } = readBody(request.body, {
          text: typed,
          notation: optional(oneOf(['own', 'ln'])),
        });
        const told = examine(text, scopeOf(ctx, entity), ctx.locale, notation);
        return { ...told, tree: told.formatted === null ? null : groupOf(told.formatted) };
      },
    },
    entityOfRequest,
  );

  address(
    app,
    '/:plural/expression/complete',
    {
      POST: async (request) => {
        const ctx = ctxOf(services, request);
        const entity = entityOfRequest(request);
        refuseReading(ctx, entity);
        const { text, at } = readBody(request.body, {
          text: typed,
          at: integer(0, limits.length, undefined),
        });
        const begun = text.slice(0, limits.length);
        const { from, to, options } = complete(begun, at ?? begun.length, scopeOf(ctx, entity));
        return {
          from,
          to,
          options: options.map(({ label, detail, kind, apply }) => ({
            label,
            detail: typeof detail === 'string' ? detail : detail[ctx.locale],
            kind,
            apply,
          })),
        };
      },
    },
    entityOfRequest,
  );
}
