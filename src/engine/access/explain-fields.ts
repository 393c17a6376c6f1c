import { tell } from '../../lib/message.ts';
import { administrator } from '../../model/access.ts';
import type { FieldAnswer } from '../../model/access-why.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx } from '../ctx.ts';
import { alternativesByRole } from './alternatives.ts';
import { whyTexts } from './explain-texts.ts';
import { fieldReachOf, mayWrite, readableFields } from './field-rights.ts';

/** What `subject` may do with one field of an entity by each of his roles, told to the reader. */
export function explainField(
  reader: Ctx,
  subject: Ctx,
  entity: Entity,
  field: Field,
  nameOf: (role: string) => string,
): FieldAnswer {
  const told = (key: keyof typeof whyTexts): string => tell(reader.locale, whyTexts[key]);
  const { rights } = subject.workspace;
  const reading = alternativesByRole(rights, subject.who.roles, entity, 'read').map(({ role }) => role);
  const counting = reading.length > 0 ? reading : subject.who.roles;
  const because = [...new Set(counting)].map((role) => {
    if (role === administrator)
      return { role: nameOf(role), read: true, write: !field.readOnly, reason: told('administrator') };
    const { read, write } = fieldReachOf(rights, role, entity, field);
    const reason = told(write ? 'fieldOpen' : read ? 'fieldSeen' : 'fieldHidden');
    return { role: nameOf(role), read, write: write && !field.readOnly, reason };
  });
  const system = { role: null, read: true, write: false, reason: told('fieldSystem') };
  return {
    field: field.name,
    label: field.label[reader.locale],
    read: Object.hasOwn(readableFields(subject, entity), field.name),
    write: !field.readOnly && mayWrite(subject, entity, field.name),
    because: field.readOnly ? [...because, system] : because,
  };
}
