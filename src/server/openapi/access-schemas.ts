import { actions } from '../../model/access.ts';
import { type Json, list, object, orNull } from './schema-parts.ts';

const text: Json = { type: 'string' };
const yesNo: Json = { type: 'boolean' };
const role: Json = { type: ['string', 'null'] };

const reason: Json = object(
  {
    role,
    level: { enum: ['all', 'team', 'own', 'through', 'none'] },
    from: { enum: ['declared', 'decided', 'administrator', 'special'] },
    holds: yesNo,
    condition: orNull(
      object({ text: role, holds: yesNo, isUnderstood: yesNo }, ['text', 'holds', 'isUnderstood']),
    ),
    reason: text,
  },
  ['role', 'level', 'from', 'holds', 'condition', 'reason'],
);

const fieldAnswer: Json = object(
  {
    field: text,
    label: text,
    read: yesNo,
    write: yesNo,
    because: list(
      object({ role, read: yesNo, write: yesNo, reason: text }, ['role', 'read', 'write', 'reason']),
    ),
  },
  ['field', 'label', 'read', 'write', 'because'],
);

const parts: Readonly<Record<string, Json>> = {
  user: object({ id: { type: 'string', format: 'uuid' }, label: text }, ['id', 'label']),
  isActive: yesNo,
  roles: list(text),
  actions: list(
    object({ action: { enum: [...actions] }, label: text, allowed: yesNo, because: list(reason) }, [
      'action',
      'label',
      'allowed',
      'because',
    ]),
  ),
  fields: list(fieldAnswer),
};

/** What is answered to who asks why somebody may see or change a record, or a field of it. */
export const accessSchemas: Readonly<Record<string, Json>> = {
  AccessAnswer: object(parts, Object.keys(parts)),
  FieldAccessAnswer: object({ ...parts, field: fieldAnswer }, [...Object.keys(parts), 'field']),
};
