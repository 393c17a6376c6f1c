import type { Ctx } from '../../engine/ctx.ts';
import { message, tell } from '../../lib/message.ts';
import { query } from './operation.ts';
import type { Json } from './schema-parts.ts';

const said = message(
  'api-on-duplicate',
  'What becomes of new records that may be there already: “refuse” answers 409 with what they may be, under “duplicates”, and writes nothing',
  'Ce que deviennent de nouvelles fiches qui existent peut-être déjà : « refuse » répond 409 avec celles dont il peut s’agir, sous « duplicates », et n’écrit rien',
  'Qué se hace con registros nuevos que quizá ya existan: «refuse» responde 409 con los que pueden ser, en «duplicates», y no escribe nada',
);

/** The parameter by which new records that may be there already are refused. */
export const onDuplicate = (ctx: Ctx): Json =>
  query('onDuplicate', { enum: ['create', 'refuse'], default: 'create' }, tell(ctx.locale, said));
