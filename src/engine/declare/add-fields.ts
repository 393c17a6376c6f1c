import { fieldType } from '../../fields/index.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Field } from '../../model/field.ts';
import type { Declaration } from './declarations.ts';
import { type Extension, extensible } from './extension.ts';
import { claimOf } from './find-doubles.ts';
import { noEntity } from './messages.ts';
import { readField, textIn } from './read-field.ts';

/** Adds custom fields to the entities they name; those with mistakes, and those retired, are kept in the table only. */
export function addFields(extension: Extension, fields: readonly Declaration[]): void {
  const { drafts, claims, lists, isRetired, refuse } = extension;
  const names = { entities: [...drafts.keys()], lists };
  for (const declaration of fields) {
    const { id, values } = declaration;
    const draft = drafts.get(textIn(values, 'entity') ?? '');
    const wrong = [...entityMistakes(extension, values.entity, 'entity')];
    const { field, mistakes } = readField(values, names);
    wrong.push(...mistakes, ...(field ? targetMistakes(extension, field) : []));
    refuse(id, wrong);
    if (!draft || draft.base.system || !field) continue;
    claims.push(claimOf(draft.base.name, field, { id, retired: declaration.retired }));
    if (isRetired(declaration) || wrong.length > 0) draft.kept.push(field);
    else
      draft.added.push({
        field,
        section: textIn(values, 'section'),
        inForm: values.inForm === true,
        inList: values.inList === true,
        sortable: values.sortable === true,
        searchable: values.searchable === true,
      });
  }
}

/** The mistake of naming an entity to which nothing can be added. */
export function entityMistakes(extension: Extension, given: unknown, at: string): readonly Mistake[] {
  const names = extensible(extension, { system: false });
  const name = typeof given === 'string' ? given : '';
  if (names.includes(name)) return [];
  const near = nearest(name, names);
  const params = { given: name, names: (near ? [near] : names).slice(0, 30).join(', ') };
  return [{ field: at, message: noEntity, params, value: given }];
}

/** The mistake of referring to entities that are retired, or declarations. */
function targetMistakes(extension: Extension, field: Field): readonly Mistake[] {
  const target = fieldType(field.type).target?.(field);
  if (target?.to !== 'records') return [];
  const names = extensible(extension, { system: true });
  return target.entities
    .filter((name) => !names.includes(name))
    .map((given) => ({
      field: 'options.to',
      message: noEntity,
      params: { given, names: names.slice(0, 30).join(', ') },
      value: given,
    }));
}
