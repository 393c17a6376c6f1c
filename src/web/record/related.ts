import type { Description, EntityDescription, FieldDescription } from '../../model/description.ts';
import { entityNamed, fieldNamed } from '../data/describe.ts';

/** A related list as its entity declares it. */
export type Related = EntityDescription['related'][number];

/** A column of a related list: a field of its records, or of one they name (`account.name`). */
export interface RelatedColumn {
  readonly path: string;
  readonly field: FieldDescription;
}

/** The columns of a related list that the reader may see. */
export function columnsOfRelated(
  description: Description,
  entity: EntityDescription,
  list: Related,
): readonly RelatedColumn[] {
  return list.columns.flatMap((path) => {
    const [name = '', rest] = path.split('.');
    const field = fieldNamed(entity, name);
    if (!field) return [];
    if (rest === undefined) return [{ path, field }];
    const target = entityNamed(description, field.to[0] ?? '');
    const further = target ? fieldNamed(target, rest) : undefined;
    return further ? [{ path, field: { ...further, label: `${field.label} – ${further.label}` } }] : [];
  });
}

/** Whether records of an entity only tie two others together: then rows are linked and unlinked, not opened. */
export const isLinkEntity = (description: Description, name: string): boolean =>
  description.entities.some((entity) => entity.links.some(({ through }) => through === name));
