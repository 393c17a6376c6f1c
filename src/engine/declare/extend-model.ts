import type { Mistake } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { buildModel, ModelMistakes } from '../schema/build-model.ts';
import { addFields } from './add-fields.ts';
import { addRelations } from './add-relations.ts';
import { servedEntity, storedEntity } from './compose-entity.ts';
import type { Declarations } from './declarations.ts';
import { draftOf, type EntityDraft, entityNameMistakes, entityOfValues } from './entity-draft.ts';
import { entityWishes } from './entity-wishes.ts';
import type { Extension } from './extension.ts';
import { claimOf, findDoubles } from './find-doubles.ts';
import { refusedByModel } from './messages.ts';

/** A model with what an administrator declared, and why a declaration isn’t served, or not as it asks. */
export interface Extended {
  readonly model: Model;
  /** By the id of the declaration’s record. */
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
}

/**
 * The model that code declares, with what an administrator declared. A declaration with mistakes isn’t served, and what
 * it holds is kept: no record of a declaration keeps Rapport from starting.
 */
export function extendModel(base: Model, declared: Declarations): Extended {
  const all = [...declared.entities, ...declared.relations, ...declared.fields];
  if (all.length === 0) return { model: base, mistakes: new Map() };
  try {
    return assemble(base, declared, new Set());
  } catch (error) {
    if (!(error instanceof ModelMistakes)) throw error;
  }
  // Something only the whole model’s verification sees: found out by adding one declaration after another.
  const refused = new Set(all.map(({ id }) => id));
  const reasons = new Map<string, readonly Mistake[]>();
  for (const { id } of all) {
    refused.delete(id);
    try {
      assemble(base, declared, refused);
    } catch (error) {
      if (!(error instanceof ModelMistakes)) throw error;
      refused.add(id);
      const params = { reason: error.mistakes.slice(0, 3).join('; ') };
      reasons.set(id, [{ field: 'name', message: refusedByModel, params }]);
    }
  }
  const { model, mistakes } = assemble(base, declared, refused);
  return { model, mistakes: new Map([...reasons, ...mistakes]) };
}

function assemble(base: Model, declared: Declarations, refused: ReadonlySet<string>): Extended {
  const mistakes = new Map<string, readonly Mistake[]>();
  const refuse: Extension['refuse'] = (id, found) => {
    if (found.length > 0) mistakes.set(id, [...(mistakes.get(id) ?? []), ...found]);
  };
  const extension: Extension = {
    drafts: new Map(),
    claims: [],
    lists: [...base.lists.keys()],
    isRetired: ({ id, retired }) => retired || refused.has(id),
    refuse,
  };
  const { drafts, claims } = extension;
  for (const entity of base.entities.values()) drafts.set(entity.name, draftOf(entity));
  addEntities(extension, declared);
  addRelations(extension, declared.relations, 'links');
  addFields(extension, declared.fields);
  addRelations(extension, declared.relations, 'references');
  for (const { base: entity } of drafts.values())
    claims.push(...Object.values(entity.fields).map((field) => claimOf(entity.name, field, { id: null })));
  for (const [id, found] of findDoubles(claims)) refuse(id, found);
  const unbuilt = new Set(declared.unbuilt);
  const served = ordered([...drafts.values()].filter(({ isServed }) => isServed)).map((draft) =>
    servedEntity(draft, unbuilt),
  );
  const entities = withColumns(served);
  for (const { id, values } of declared.entities)
    refuse(
      id,
      entityWishes(
        values,
        entities.find(({ name }) => name === values.name),
      ),
    );
  const model = buildModel({
    entities,
    lists: [...base.lists.values()],
    rules: [...base.rules.values()].flat(),
    verbs: [...base.verbs.values()].flat(),
    subscribers: [...base.subscribers.values()],
  });
  return { model: { ...model, stored: [...drafts.values()].map(storedEntity) }, mistakes };
}

function addEntities({ drafts, claims, isRetired, refuse }: Extension, declared: Declarations): void {
  for (const declaration of declared.entities) {
    const { id, retired, values } = declaration;
    const wrong = entityNameMistakes(values);
    refuse(id, wrong);
    if (wrong.some(({ field }) => field === 'name')) continue;
    const entity = entityOfValues(values);
    const names = entity.plural === entity.name ? (['name'] as const) : (['name', 'plural'] as const);
    for (const at of names)
      claims.push({ id, retired, entity: '', name: entity[at], columns: [], label: entity.label.one, at });
    if (!drafts.has(entity.name))
      drafts.set(entity.name, draftOf(entity, values, !isRetired(declaration) && wrong.length === 0));
  }
}

/** The business first, then what was added to it, then the engine’s own. */
const ordered = (drafts: readonly EntityDraft[]): readonly EntityDraft[] => [
  ...drafts.filter(({ base }) => !base.system),
  ...drafts.filter(({ base }) => base.system),
];

/** Related lists of custom relations show what the list of the related entity shows first. */
function withColumns(entities: readonly Entity[]): readonly Entity[] {
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  return entities.map((entity) => {
    if (entity.related.every(({ columns }) => columns.length > 0)) return entity;
    const related = entity.related.map((list) => {
      const other = byName.get(list.entity);
      if (list.columns.length > 0 || !other) return list;
      const columns = [...new Set([other.title, ...other.list.columns])].filter((name) => name !== list.via);
      return { ...list, columns: columns.slice(0, 4) };
    });
    return { ...entity, related };
  });
}
