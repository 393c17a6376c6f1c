import type { FastifyInstance } from 'fastify';
import { mayEver } from '../../engine/access/access.ts';
import { countWrong } from '../../engine/rules/count-wrong.ts';
import { validationRule } from '../../engine/system/validation-rule.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { address } from '../http/address.ts';
import { neededText, readBody } from '../http/input.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';

const notYours = message(
  'rule-check-forbidden',
  'Your roles don’t let you try rules: they may judge by what you don’t see.',
  'Vos rôles ne vous permettent pas d’essayer des règles : elles peuvent juger sur ce que vous ne voyez pas.',
  'Sus roles no le permiten probar reglas: pueden juzgar por lo que usted no ve.',
);

/** Tries a validation rule on the records there are. */
export function ruleRoutes(api: FastifyInstance, services: Services): void {
  address(api, '/validation-rules/check', {
    POST: async (request, reply) => {
      const ctx = ctxOf(services, request, reply);
      if (!mayEver(ctx, validationRule, 'create')) throw new Problem('forbidden', { message: notYours });
      const rule = readBody(request.body, { entity: neededText(60), wrongWhen: neededText(10_000) });
      return countWrong(ctx, rule);
    },
  });
}
