import type { ReadEnv } from '../fields/field-type.ts';
import { fieldType } from '../fields/index.ts';
import { Problem } from '../lib/problem.ts';
import type { BaseValue } from '../model/base-list.ts';
import type {
  ConditionDescription,
  Description,
  EntityDescription,
  FieldState,
  Judgement,
} from '../model/description.ts';
import type { Field } from '../model/field.ts';
import { compileExpression } from './compile.ts';
import { describedScope } from './described-scope.ts';
import { evaluator, type RecordValues } from './evaluate.ts';
import type { AskEnv } from './lower.ts';
import type { Compiled } from './tree.ts';

/** What of a form's conditions can be judged where it is shown, and what only the server can tell. */
export interface FormConditions {
  /** The fields that depend on the record. */
  readonly fields: readonly FormField[];
  readonly validations: readonly FormValidation[];
  /** Whether the server must be asked for some of them. */
  readonly asks: boolean;
}

interface FormField {
  readonly name: string;
  readonly clearWhenHidden: boolean;
  /** Null: nothing depends on the record; `asked`: the server must tell. */
  readonly shown: FormCondition | null;
  readonly required: FormCondition | null;
  readonly readOnly: FormCondition | null;
  readonly always: Pick<FieldState, 'required' | 'readOnly'>;
}

interface FormValidation {
  readonly name: string;
  readonly field: string;
  readonly message: string;
  readonly wrong: FormCondition;
}

type FormCondition = { readonly compiled: Compiled; readonly roots: readonly Field[] } | 'asked';

/** Whether an expression about an entity's records can still be read with the declarations as they are. */
export function isReadable(description: Description, entity: string, text: string): boolean {
  const described = describedScope(description, entity);
  try {
    return described !== null && compileExpression(text, { ...described, change: true }) !== null;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** A form as it stands: the record it changes, null of a new one, and what is in it now. */
export interface FormAtHand {
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly now: Readonly<Record<string, unknown>>;
}

/** Compiles the conditions of an entity's form as they were described to a person. */
export function formConditions(description: Description, entity: EntityDescription): FormConditions {
  const described = describedScope(description, entity.name);
  const compile = (told: ConditionDescription | null): FormCondition | null => {
    if (!told || !described) return told && 'asked';
    if (told.text === null || told.isRelated) return 'asked';
    try {
      const compiled = compileExpression(told.text, { ...described, change: true });
      // Descriptions tell values in their order, but not the number that an order is kept by.
      if (compiled.paths.some(({ attribute }) => attribute?.name === 'position')) return 'asked';
      return { compiled, roots: compiled.paths.map(({ field }) => field) };
    } catch (error) {
      if (error instanceof Problem) return 'asked';
      throw error;
    }
  };
  const fields = entity.fields.flatMap((field): readonly FormField[] => {
    const { shownWhen, requiredWhen, readOnlyWhen, name, clearWhenHidden, required, readOnly } = field;
    if (!shownWhen && !requiredWhen && !readOnlyWhen) return [];
    return [
      {
        name,
        clearWhenHidden,
        shown: compile(shownWhen),
        required: compile(requiredWhen),
        readOnly: compile(readOnlyWhen),
        always: { required, readOnly },
      },
    ];
  });
  const validations = entity.validations.map(({ name, field, message, wrongWhen }) => ({
    name,
    field,
    message,
    wrong: compile(wrongWhen) ?? 'asked',
  }));
  const all = fields.flatMap(({ shown, required, readOnly }) => [shown, required, readOnly]);
  const asks = [...all, ...validations.map(({ wrong }) => wrong)].includes('asked');
  return { fields, validations, asks };
}

/** Nothing known yet of what the server is asked for: what may be hidden waits to be shown. */
const unknown: Judgement = { fields: {}, wrong: [] };

/**
 * Judges a form in memory: as the server would, with the server's own answer for what only it can tell. What depends
 * on a value that can't be read, half typed, stays as it was in `last`.
 */
export function judgeForm(
  { fields, validations }: FormConditions,
  entity: EntityDescription,
  form: FormAtHand,
  o: {
    readonly ask: AskEnv;
    readonly read: ReadEnv;
    readonly answer?: Judgement | null;
    readonly last?: Judgement | null;
  },
): Judgement {
  const answer = o.answer ?? unknown;
  const before = form.before && valuesReader(entity, form.before, o.read);
  const now = valuesReader(entity, form.now, o.read);
  const record: RecordValues = { ...now, before };
  const holds = (
    condition: FormCondition,
    of: RecordValues,
    otherwise: { readonly answered: boolean; readonly last: boolean },
  ): boolean => {
    if (condition === 'asked') return otherwise.answered;
    if (condition.roots.some(now.isUnreadable)) return otherwise.last;
    return evaluator(condition.compiled, o.ask)(of);
  };
  const states = fields.map(({ name, shown, required, readOnly, always }): readonly [string, FieldState] => {
    const answered = answer.fields[name];
    const last = o.last?.fields[name];
    const is = (condition: FormCondition | null, member: keyof FieldState, of: RecordValues | null) =>
      condition !== null &&
      of !== null &&
      holds(condition, of, { answered: answered?.[member] === true, last: last?.[member] === true });
    return [
      name,
      {
        shown: shown === null || is(shown, 'shown', record),
        required: always.required || is(required, 'required', record),
        readOnly: always.readOnly || is(readOnly, 'readOnly', before),
      },
    ];
  });
  const isWrong = ({ name, wrong }: FormValidation): boolean => {
    const among = ({ wrong: found }: Judgement): boolean => found.some((each) => each.name === name);
    return holds(wrong, record, { answered: among(answer), last: among(o.last ?? unknown) });
  };
  return {
    fields: Object.fromEntries(states),
    wrong: validations.filter(isWrong).map(({ name, field, message }) => ({ name, field, message })),
  };
}

interface ValuesReader extends RecordValues {
  /** Whether what a field holds can't be read, so that nothing can be said of it. */
  readonly isUnreadable: (field: Field) => boolean;
}

function valuesReader(
  entity: EntityDescription,
  draft: Readonly<Record<string, unknown>>,
  env: ReadEnv,
): ValuesReader {
  const known = new Map<string, { readonly value: unknown; readonly isGood: boolean }>();
  const read = (field: Field): { readonly value: unknown; readonly isGood: boolean } => {
    const kept = known.get(field.name);
    if (kept) return kept;
    const result = fieldType(field.type).read(draft[field.name] ?? null, field, env);
    const made = 'value' in result ? { value: result.value, isGood: true } : { value: null, isGood: false };
    known.set(field.name, made);
    return made;
  };
  return {
    value: ({ field, comparable }) => comparable.pick(read(field).value),
    baseValue: (list, code) => baseValueOf(entity, list, code),
    isUnreadable: (field) => !read(field).isGood,
  };
}

function baseValueOf(entity: EntityDescription, list: string, code: string): BaseValue | null {
  const values = entity.fields.find((field) => field.list === list)?.values ?? [];
  const position = values.findIndex((value) => value.code === code);
  const found = values[position];
  if (!found) return null;
  const { label, active, class: meaning, probability, color } = found;
  return {
    id: code,
    list,
    code,
    label: { en: label, fr: label, es: label },
    position,
    active,
    class: meaning,
    probability,
    color,
  };
}
