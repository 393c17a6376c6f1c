import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formConditions, judgeForm } from '../../expression/form-conditions.ts';
import { clockAt } from '../../expression/moments.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import type { EntityDescription, FieldDescription, FieldState, Judgement } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { api } from '../data/api.ts';
import { useDescription } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { recordKeys } from '../data/records.ts';
import { changesOf, creationOf, type Draft } from './draft.ts';

/** How the fields of a form stand, now that these values are in it. */
export interface FormJudgement {
  readonly stateOf: (field: FieldDescription) => FieldState;
  /** What would be wrong with it. */
  readonly wrong: Judgement['wrong'];
  /** Leaves out what was typed into fields that hold nothing now that they are hidden. */
  readonly sent: (values: Draft) => Draft;
}

/** How long typing rests before the server is asked, in milliseconds. */
const rest = 250;

/**
 * Judges a record as it is typed by the conditions of its entity, in memory and at once; only where they look at
 * other records the server is asked. `before` is the record that is changed, null of a new one.
 */
export function useJudgement(
  entity: EntityDescription,
  before: RecordOut | null,
  draft: Draft,
): FormJudgement {
  const description = useDescription();
  const me = useMe();
  const { locale, timeZone } = useFieldView();
  const conditions = useMemo(() => formConditions(description, entity), [description, entity]);
  const { fields, validations, asks } = conditions;
  const answer = useAnswer(entity, before, draft, asks);
  const last = useRef<Judgement | null>(null);
  // The moment the form was opened: today is today until it is closed.
  const [now] = useState(() => new Date());

  const judgement = useMemo(() => {
    if (fields.length + validations.length === 0) return null;
    return judgeForm(
      conditions,
      entity,
      { before, now: { ...before, ...draft } },
      {
        ask: { ...clockAt(now, timeZone), me: me.user.id, myTeams: me.user.teams.map(({ id }) => id) },
        read: { locale, timeZone, now, country: null, currency: me.workspace.currency },
        answer,
        last: last.current,
      },
    );
  }, [conditions, fields, validations, entity, before, draft, timeZone, locale, me, answer, now]);
  useEffect(() => {
    last.current = judgement;
  }, [judgement]);

  return useMemo(() => {
    const emptied = fields.filter(
      ({ name, clearWhenHidden }) => clearWhenHidden && judgement?.fields[name]?.shown === false,
    );
    const isEmptied = (name: string): boolean => emptied.some((field) => field.name === name);
    return {
      stateOf: ({ name, required, readOnly }) =>
        judgement?.fields[name] ?? { shown: true, required, readOnly },
      wrong: judgement?.wrong ?? [],
      sent: (values) => Object.fromEntries(Object.entries(values).filter(([name]) => !isEmptied(name))),
    };
  }, [fields, judgement]);
}

/** What the server says of the record as it is typed; what it said last until it has answered anew. */
function useAnswer(
  entity: EntityDescription,
  before: RecordOut | null,
  draft: Draft,
  asks: boolean,
): Judgement | null {
  const values = before ? changesOf(before, draft) : creationOf(entity, draft);
  const typed = JSON.stringify(values);
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), rest);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isError } = useQuery({
    queryKey: [...recordKeys.all(entity.plural), 'judge', before?.id ?? null, before?.version ?? 0, rested],
    queryFn: () =>
      api.post<Judgement>(`/${entity.plural}/judge`, {
        ...(before ? { id: before.id } : {}),
        values: JSON.parse(rested) as Draft,
      }),
    enabled: asks,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return useMemo(() => data ?? (isError ? allShown(entity) : null), [data, isError, entity]);
}

/** What isn't known is shown: the server judges again when it is saved. */
const allShown = (entity: EntityDescription): Judgement => ({
  fields: Object.fromEntries(
    entity.fields.map(({ name, required, readOnly }) => [name, { shown: true, required, readOnly }]),
  ),
  wrong: [],
});
