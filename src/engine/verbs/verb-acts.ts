import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { DeclaredVerb, VerbActs, VerbSection } from '../../model/verb.ts';
import type { Ctx } from '../ctx.ts';
import { draftChanges } from '../record/change.ts';
import { draftCreations } from '../record/create.ts';
import type { Input } from '../record/draft.ts';
import { findRecords } from '../record/find.ts';
import { readableMergedInto } from '../record/merged-into.ts';
import { readableIds } from '../record/targets.ts';
import { fillEmpty } from './fill-empty.ts';
import type { Wanted } from './read-verb-input.ts';
import { proposalOf } from './verb-env.ts';
import { writeDrafts } from './write-drafts.ts';

const noRecord = message(
  'verb-section-unknown',
  '{label}: there is no such record, or you may not see it.',
  '{label} : cette fiche n’existe pas, ou vous n’y avez pas accès.',
  '{label}: ese registro no existe, o no puede verlo.',
);

/** A record that a verb made or took. */
export interface Taken {
  readonly section: string;
  readonly entity: Entity;
  readonly id: string;
  readonly isNew: boolean;
}

/** The record a verb is done to. */
export interface VerbRecord {
  readonly entity: Entity;
  readonly id: string;
  readonly values: Values;
}

/** What a verb did so far, and what stands in its way. */
export interface Doing {
  readonly acts: VerbActs;
  readonly taken: ReadonlyMap<string, Taken>;
  readonly mistakes: readonly Mistake[];
}

/** The acts of a verb in the asker's name; `ctx` is a transaction, which the caller ends when there are mistakes. */
export function verbActs(
  ctx: Ctx,
  verb: DeclaredVerb,
  record: VerbRecord,
  sections: ReadonlyMap<string, Wanted>,
): Doing {
  const mistakes: Mistake[] = [];
  const taken = new Map<string, Taken>();
  const proposal = proposalOf(ctx, record.entity, verb, record.values);
  const sectionOf = (name: string): VerbSection => {
    const section = verb.sections[name];
    if (!section) throw new Error(`${verb.entity}.${verb.name} has no section ${name}`);
    return section;
  };
  /** Fields that name the record of an earlier section which is wanted. */
  const linksOf = ({ from }: VerbSection): readonly (readonly [string, string])[] =>
    Object.entries(from).filter(([, earlier]) => sections.has(earlier));

  async function existing(name: string, entity: Entity, id: string): Promise<string | null> {
    const seen = await readableIds(ctx, entity, [id]);
    const meant = seen.has(id) ? id : (await readableMergedInto(ctx, entity, [id])).get(id);
    if (meant === undefined) {
      mistakes.push({
        field: `${name}.id`,
        message: noRecord,
        params: { label: entity.label.one },
        value: id,
      });
      return null;
    }
    taken.set(name, { section: name, entity, id: meant, isNew: false });
    return meant;
  }

  async function made(
    name: string,
    section: VerbSection,
    entity: Entity,
    given: Input,
  ): Promise<string | null> {
    const links = linksOf(section);
    const linked = links.flatMap(([field, earlier]) => {
      const id = taken.get(earlier)?.id;
      return id === undefined ? [] : [[field, id] as const];
    });
    const further = Object.fromEntries(linked.filter(([field]) => (given[field] ?? null) === null));
    const drafts = await draftCreations(ctx, entity, [{ ...proposal(name).values, ...given, ...further }]);
    // What another section would have given can't be missed here while that one has mistakes of its own.
    const unlessAbout = new Set(links.filter(([, earlier]) => !taken.has(earlier)).map(([field]) => field));
    if (!(await writeDrafts(ctx, entity, drafts, mistakes, { prefix: name, unlessAbout }))) return null;
    const id = drafts[0]?.id ?? '';
    taken.set(name, { section: name, entity, id, isNew: true });
    return id;
  }

  const acts: VerbActs = {
    async take(name) {
      const section = sectionOf(name);
      const wanted = sections.get(name);
      if (!wanted) return null;
      const entity = entityOf(ctx.workspace.model, section.entity);
      if ('id' in wanted) {
        const id = await existing(name, entity, wanted.id);
        if (id === null || !wanted.fill) return id;
        const linked = new Set(linksOf(section).map(([field]) => field));
        await fillEmpty(ctx, entity, { name, id, linked, values: proposal(name).values }, mistakes);
        return id;
      }
      const meant = proposal(name).existing;
      if (meant !== null && section.takesExisting && Object.keys(wanted.values).length === 0)
        return existing(name, entity, meant);
      return made(name, section, entity, wanted.values);
    },
    async link(name, relation, to) {
      const [one, other] = [taken.get(name), taken.get(to)];
      const link = entityOf(ctx.workspace.model, sectionOf(name).entity).links[relation];
      if (!link) throw new Error(`${sectionOf(name).entity} has no relation ${relation}`);
      if (!one || !other || mistakes.length > 0) return;
      const through = entityOf(ctx.workspace.model, link.through);
      const ends = { [link.from]: one.id, [link.to]: other.id };
      const found = await findRecords(ctx, through, { [link.from]: [one.id], [link.to]: [other.id] });
      if (found.length > 0) return;
      const drafts = await draftCreations(ctx, through, [ends]);
      // The fields of a link are nobody's input: what stands in its way is the record that was chosen.
      mistakes.push(
        ...drafts.flatMap((draft) => draft.mistakes).map((each) => ({ ...each, field: `${name}.id` })),
      );
      if (mistakes.length === 0) await writeDrafts(ctx, through, drafts, mistakes, { prefix: name });
    },
    async set(values) {
      if (mistakes.length > 0) return;
      const inner: Ctx = { ...ctx, writesReadOnly: true };
      const drafts = await draftChanges(inner, record.entity, [{ id: record.id, values }]);
      await writeDrafts(inner, record.entity, drafts, mistakes, { prefix: '' });
    },
    async find(name, where) {
      const entity = entityOf(ctx.workspace.model, name);
      const found = await findRecords(ctx, entity, where);
      const seen = await readableIds(
        ctx,
        entity,
        found.map(({ id }) => id),
      );
      return found.filter(({ id }) => seen.has(id));
    },
    async create(name, values) {
      const entity = entityOf(ctx.workspace.model, name);
      const drafts = await draftCreations(ctx, entity, values);
      const isWritten = await writeDrafts(ctx, entity, drafts, mistakes, { prefix: '' });
      return isWritten ? drafts.map(({ id }) => id) : [];
    },
    async update(name, changes) {
      const entity = entityOf(ctx.workspace.model, name);
      await writeDrafts(ctx, entity, await draftChanges(ctx, entity, changes), mistakes, { prefix: '' });
    },
    refuse(field, said, params) {
      mistakes.push({ field, message: said, ...(params ? { params } : {}) });
    },
  };
  return { acts, taken, mistakes };
}
