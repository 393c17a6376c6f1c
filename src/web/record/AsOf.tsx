import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { PastRecord } from '../../model/history.ts';
import type { RecordOut } from '../../model/record.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { tell, tellFailure } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { isSame, sectionsOf } from '../form/draft.ts';
import classes from './AsOf.module.css';
import pageClasses from './RecordPage.module.css';
import sections from './RecordSections.module.css';
import { RecordValue } from './RecordValue.tsx';
import type { SaveRecord } from './use-save-record.tsx';

/** A record as it was at a past moment: what differs from today is marked, and can be brought back. */
export function AsOf({
  entity,
  record,
  at,
  mayUpdate,
  save,
  onBack,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly at: string;
  readonly mayUpdate: boolean;
  readonly save: SaveRecord;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const { data: past, error } = useQuery({
    queryKey: ['records', entity.plural, 'past', record.id, at],
    queryFn: ({ signal }) =>
      api.get<PastRecord>(`/${entity.plural}/${record.id}`, { at, removed: true }, signal),
  });
  const back = (
    <Button size="xs" variant="default" onClick={onBack}>
      {t('record.past.back')}
    </Button>
  );
  if (error)
    return (
      <div className={pageClasses.notice}>
        <Notice kind="warning" action={back}>
          {error.message}
        </Notice>
      </div>
    );
  if (!past) return <Skeleton height={240} />;
  const differs = (field: FieldDescription): boolean => !isSame(past[field.name], record[field.name]);
  const different = entity.fields.filter(
    (field) =>
      !field.readOnly && (!field.system || ['owner', 'teams'].includes(field.name)) && differs(field),
  );

  async function restore(): Promise<void> {
    const values = Object.fromEntries(different.map(({ name }) => [name, past?.[name] ?? null]));
    try {
      if (!(await save(record, values))) return;
      tell(t('record.past.restored'));
      onBack();
    } catch (refused) {
      tellFailure(refused as Error);
    }
  }

  return (
    <>
      <div className={pageClasses.notice}>
        <Notice
          kind="info"
          title={t('record.past.asOf', { when: formatMoment(locale, past.asOf.at, timeZone, 'long') })}
          action={
            <span className={classes.actions}>
              {mayUpdate && different.length > 0 ? (
                <Button size="xs" onClick={() => void restore()}>
                  {t('record.past.restore')}
                </Button>
              ) : null}
              {back}
            </span>
          }
        >
          {t('record.past.differences', { count: different.length })}
          {typeof past['removedAt'] === 'string' ? ` ${t('record.past.inBin')}` : null}
        </Notice>
      </div>
      {sectionsOf(entity).map(({ label, fields }) => (
        <section key={label} className={sections.section} aria-label={label}>
          <h2 className={sections.title}>{label}</h2>
          <dl className={sections.grid}>
            {fields.map((field) => (
              <div key={field.name} className={classes.item} data-differs={differs(field) || undefined}>
                <dt>{field.label}</dt>
                <dd>
                  <RecordValue field={field} value={past[field.name]} />
                  {differs(field) ? (
                    <div className={classes.today}>
                      <span>{t('record.past.today')} </span>
                      <RecordValue field={field} value={record[field.name]} />
                    </div>
                  ) : null}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
