import { fieldTypes } from '../../fields/index.ts';
import { tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import { compileAvailability } from '../verbs/availability.ts';
import { pointsAt } from './verify-path.ts';

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Words that stand behind the id of a record in REST addresses and pages. */
const reserved = new Set(['access', 'edit', 'erase', 'history', 'link', 'merge', 'restore', 'unlink']);

/** Mistakes in what verbs say of their entity, their sections and when they can be done. */
export function verifyVerbs(model: Model, verbs: readonly DeclaredVerb[]): readonly string[] {
  return verbs.flatMap((verb) => {
    const entity = model.entities.get(verb.entity);
    const mistakes = entity
      ? [
          ...nameMistakes(verb, verbs),
          ...conditionMistakes(model, entity, verb),
          ...fieldMistakes(verb),
          ...sectionMistakes(model, verb),
        ]
      : [`it is about ${verb.entity}, which nothing declares`];
    return mistakes.map((mistake) => `${verb.entity}.${verb.name}: ${mistake}`);
  });
}

function nameMistakes(verb: DeclaredVerb, verbs: readonly DeclaredVerb[]): readonly string[] {
  const isTwice = verbs.some(
    (other) => other !== verb && other.entity === verb.entity && other.name === verb.name,
  );
  return [
    ...(kebab.test(verb.name) ? [] : ['a verb is named in kebab-case: convert']),
    ...(reserved.has(verb.name) ? [`“${verb.name}” is an address of the engine`] : []),
    ...(isTwice ? ['two verbs of one entity have this name'] : []),
  ];
}

function conditionMistakes(model: Model, entity: Entity, { available }: DeclaredVerb): readonly string[] {
  if (!available) return [];
  const mistakes = entity.fields[available.field]
    ? []
    : [`its refusal is told at “${available.field}”, which ${entity.name} doesn’t have`];
  // What is told with each record is worked out by statements that are kept for longer than a day.
  if (/\b(now|today)\b/i.test(available.where))
    mistakes.push('whether it can be done can’t depend on the day or the moment');
  try {
    const codes = (list: string) => model.lists.get(list)?.values ?? null;
    const { paths, relations } = compileAvailability(model, entity, available.where, codes);
    if (relations.length > 0 || paths.some(({ steps }) => steps.length > 0))
      mistakes.push('whether it can be done must be told from fields of the record itself');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    for (const { message, params } of error.detail.mistakes ?? []) {
      mistakes.push(`its condition: ${tell('en', message, params)}`);
    }
  }
  return mistakes;
}

function fieldMistakes({ fields, sections }: DeclaredVerb): readonly string[] {
  return Object.values(fields).flatMap((field) => [
    ...(fieldTypes.has(field.type) ? [] : [`no field type is called “${field.type}”`]),
    ...(sections[field.name] ? [`“${field.name}” is both a field and a section`] : []),
  ]);
}

function sectionMistakes(model: Model, { sections }: DeclaredVerb): readonly string[] {
  const names = Object.keys(sections);
  return Object.entries(sections).flatMap(([name, section]) => {
    const entity = model.entities.get(section.entity);
    if (!entity) return [`the section “${name}” is of ${section.entity}, which nothing declares`];
    const unknown = section.fields.filter((field) => !entity.fields[field]);
    return [
      ...unknown.map((field) => `the section “${name}” shows “${field}”, which ${entity.name} doesn’t have`),
      ...Object.entries(section.from).flatMap(([field, earlier]) => {
        const other = sections[earlier];
        if (!other || names.indexOf(earlier) >= names.indexOf(name))
          return [`the section “${name}” takes ${field} from “${earlier}”, which isn’t an earlier section`];
        return pointsAt(entity, field, other.entity)
          ? []
          : [
              `the section “${name}” takes ${field} from “${earlier}”, but it doesn’t refer to ${other.entity}`,
            ];
      }),
    ];
  });
}
