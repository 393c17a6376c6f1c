import { message } from '../../lib/message.ts';
import { entityNameOf, fieldNameOf } from '../../model/custom-name.ts';
import { isChanged, type Rule, type RuleChange, sameValue } from '../../model/rule.ts';

const fixed = message(
  'custom-fixed',
  'Values are kept under it, so it stays as it is: declare another one and retire this.',
  'Des valeurs y sont attachées, il ne change donc plus : déclarez-en un autre et retirez celui-ci.',
  'Hay valores guardados con él, por eso ya no cambia: declare otro y retire este.',
);
const deleted = message(
  'custom-deleted',
  'Its values were deleted for good, so it can’t be taken back: declare it anew.',
  'Ses valeurs ont été effacées définitivement, il ne peut donc pas revenir : déclarez-le de nouveau.',
  'Sus valores se eliminaron definitivamente, así que no puede volver: declárelo de nuevo.',
);

/** Names follow from labels when a declaration is new and leaves them out. */
const named = (name: string, from: string, make: (label: string) => string | null) => (change: RuleChange) =>
  change.verb === 'create' && change.after[name] == null && typeof change.after[from] === 'string'
    ? { [name]: make(change.after[from]) }
    : {};

const keeps = (fields: readonly string[]) => (change: RuleChange) =>
  change.verb === 'create'
    ? []
    : fields
        .filter((field) => isChanged(change, field))
        .map((field) => ({ field, message: fixed, value: change.after[field] }));

const staysDeleted = (change: RuleChange) =>
  change.before?.deletedAt != null ? [{ field: 'deletedAt', message: deleted }] : [];

/** Options on which the values that are there depend; a reference to several entities may name further ones. */
const keepsOptions = (change: RuleChange) => {
  if (!change.before) return [];
  const [before, after] = [change.before.options, change.after.options].map(
    (options) => (options ?? {}) as Readonly<Record<string, unknown>>,
  );
  return ['scale', 'to', 'list']
    .filter((name) => !isKept(before?.[name] ?? null, after?.[name] ?? null))
    .map((name) => ({ field: `options.${name}`, message: fixed, value: after?.[name] }));
};

const isKept = (before: unknown, after: unknown): boolean =>
  Array.isArray(before) && Array.isArray(after)
    ? before.every((name) => after.includes(name))
    : sameValue(before, after);

/** What must hold for declarations, each by itself; how they go together is for the engine to see. */
export const customRules: readonly Rule[] = [
  {
    entity: 'custom-field',
    name: 'the name of a custom field follows from its label, and stays',
    derive: named('name', 'labelEn', fieldNameOf),
    check: (change) => [...keeps(['entity', 'name', 'type'])(change), ...keepsOptions(change)],
  },
  {
    entity: 'custom-entity',
    name: 'the name of a custom entity follows from its label',
    derive: named('name', 'oneEn', entityNameOf),
  },
  {
    entity: 'custom-entity',
    name: 'the plural of a custom entity follows from its label, and both stay',
    derive: named('plural', 'manyEn', entityNameOf),
    check: keeps(['name', 'plural']),
  },
  {
    entity: 'custom-relation',
    name: 'the name of a custom relation follows from its label, and stays',
    derive: named('name', 'labelEn', fieldNameOf),
    check: keeps(['kind', 'from', 'to', 'name', 'backName']),
  },
  {
    entity: 'custom-relation',
    name: 'the way back has a name of its own',
    derive: named('backName', 'backLabelEn', fieldNameOf),
  },
  ...['custom-field', 'custom-entity', 'custom-relation'].map(
    (entity): Rule => ({ entity, name: `a deleted ${entity} stays deleted`, check: staysDeleted }),
  ),
];
