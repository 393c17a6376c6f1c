import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { MergeOrder } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { formKey } from '../form/form-keys.ts';
import { RecordValue } from '../record/RecordValue.tsx';
import { AddRecord } from './AddRecord.tsx';
import { Comes } from './Comes.tsx';
import { FieldChoice } from './FieldChoice.tsx';
import classes from './Merge.module.css';
import { previewQuery, type useMerge } from './merge-data.ts';
import { wrongByField } from './merge-mistakes.ts';
import { StayChoice } from './StayChoice.tsx';

/** Which record stays, which values it keeps, what comes along, and doing it by button or keyboard. */
export function MergeForm({
  entity,
  records,
  merging,
  onShow,
  onLeave,
}: {
  readonly entity: EntityDescription;
  readonly records: readonly RecordOut[];
  readonly merging: ReturnType<typeof useMerge>;
  /** Asks for other records. */
  readonly onShow: (ids: readonly string[]) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const idPrefix = useId();
  const ids = records.map(({ id }) => id);
  const [wanted, setStay] = useState(ids[0] ?? '');
  const [take, setTake] = useState<Readonly<Record<string, string>>>({});
  const stay = ids.includes(wanted) ? wanted : (ids[0] ?? '');
  const taken = Object.fromEntries(Object.entries(take).filter(([, id]) => ids.includes(id)));
  const order: MergeOrder = { with: ids.filter((id) => id !== stay), take: taken };
  const preview = useQuery(previewQuery(entity.plural, stay, order));
  const error = merging.error ?? preview.error;
  const names = useMemo(() => new Set(entity.fields.map(({ name }) => name)), [entity]);
  const wrong = wrongByField(error, names);
  const told = preview.data;
  const differing = useMemo(() => differingFields(entity, records), [entity, records]);
  const same = entity.fields.filter(
    (field) => isShown(field) && !differing.includes(field) && !isEmpty(records[0]?.[field.name]),
  );

  function choose(field: string, id: string | null): void {
    merging.reset();
    setTake(({ [field]: _before, ...rest }) => (id === null ? rest : { ...rest, [field]: id }));
  }

  function submit(): void {
    if (merging.isPending || preview.error) return;
    const versions = Object.fromEntries(records.map(({ id, version }) => [id, version]));
    merging.mutate({ id: stay, order: { ...order, versions }, records });
  }

  return (
    <form
      noValidate
      className={classes.form}
      style={{ '--records': records.length } as React.CSSProperties}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        const key = formKey(event);
        if (!key) return;
        event.preventDefault();
        if (key === 'cancel') onLeave();
        else submit();
      }}
    >
      <p className={classes.quiet}>{t('merge.words')}</p>
      {error ? (
        <Notice title={error instanceof ApiProblem ? t('merge.refused') : t('connection.title')}>
          {error instanceof ApiProblem
            ? wrong.others.map((words) => <div key={words}>{words}</div>)
            : t('form.kept')}
        </Notice>
      ) : null}
      <StayChoice
        entity={entity}
        records={records}
        stay={stay}
        onStay={(id) => {
          merging.reset();
          setStay(id);
        }}
        onLeaveOut={(id) => onShow(ids.filter((each) => each !== id))}
      />
      <section aria-labelledby={`${idPrefix}-differ`}>
        <h2 id={`${idPrefix}-differ`} className={classes.subtitle}>
          {t('merge.differ')}
        </h2>
        {differing.length === 0 ? <p className={classes.quiet}>{t('merge.differNone')}</p> : null}
        {differing.map((field) => (
          <FieldChoice
            key={field.name}
            entity={entity}
            field={field}
            records={records}
            stay={stay}
            from={told?.fields.find((each) => each.field === field.name)?.from ?? null}
            taken={taken[field.name] ?? null}
            onChoose={(id) => choose(field.name, id)}
            mistake={wrong.fields[field.name]}
          />
        ))}
      </section>
      {same.length > 0 ? (
        <details className={classes.same}>
          <summary>{t('merge.same', { count: same.length })}</summary>
          <dl>
            {same.map((field) => (
              <div key={field.name}>
                <dt>{field.label}</dt>
                <dd>
                  <RecordValue field={field} value={records[0]?.[field.name]} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
      {told && !error ? <Comes entity={entity} result={told} /> : null}
      <AddRecord entity={entity} records={records} onAdd={(id) => onShow([...ids, id])} />
      <div className={classes.foot}>
        <Button variant="default" onClick={onLeave}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={merging.isPending} disabled={preview.error !== null || !told}>
          {t('merge.do', { count: records.length })}
        </Button>
      </div>
    </form>
  );
}

/** What a record says of itself, without what the system keeps of it. */
const isShown = ({ name, system }: FieldDescription): boolean =>
  !system || name === 'owner' || name === 'teams';

/** The fields in which the records differ, in the order of the form. */
function differingFields(
  entity: EntityDescription,
  records: readonly RecordOut[],
): readonly FieldDescription[] {
  const inForm = entity.form.flatMap(({ fields }) => fields);
  const placeOf = ({ name }: FieldDescription): number => {
    const place = inForm.indexOf(name);
    return place === -1 ? inForm.length : place;
  };
  return entity.fields
    .filter(
      (field) =>
        isShown(field) &&
        new Set(records.map((record) => JSON.stringify(record[field.name] ?? null))).size > 1,
    )
    .sort((one, other) => placeOf(one) - placeOf(other));
}
