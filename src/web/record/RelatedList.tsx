import { Button, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quote } from '../../expression/quote.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, formatMoney } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, fieldNamed, useDescription } from '../data/describe.ts';
import { listQuery, totalsQuery } from '../data/records.ts';
import { RelatedAdd } from './RelatedAdd.tsx';
import classes from './RelatedList.module.css';
import { RelatedRow } from './RelatedRow.tsx';
import { columnsOfRelated, isLinkEntity, type Related } from './related.ts';

const each = 8;

/** The records of an entity that name this one: a few at a time, with their totals, and ways to add and unlink. */
export function RelatedList({
  list,
  holder,
  record,
  title,
}: {
  readonly list: Related;
  /** The entity of the record. */
  readonly holder: EntityDescription;
  readonly record: RecordOut;
  readonly title: string;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const [isAdding, setAdding] = useState(false);
  const entity = entityNamed(description, list.entity);
  const plural = entity?.plural ?? '';
  const where = `${list.via} = ${quote(record.id)}`;
  const columns = entity ? columnsOfRelated(description, entity, list) : [];
  const fields = [...new Set([entity?.title ?? 'id', ...columns.map(({ path }) => path)])];
  const rows = useInfiniteQuery({
    ...listQuery(plural, { where, fields, limit: each, ...(entity ? { sort: entity.list.sort } : {}) }),
    enabled: entity !== undefined,
  });
  const money = columns.filter(({ field }) => field.type === 'money');
  const { data: totals } = useQuery({
    ...totalsQuery(plural, { where, sums: money.map(({ path }) => path) }),
    enabled: entity !== undefined && money.length > 0,
  });
  if (!entity) return null;

  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const total = rows.data?.pages[0]?.total ?? null;
  const isLink = isLinkEntity(description, entity.name);
  const sums = totals?.groups[0]?.sums ?? {};
  const via = fieldNamed(entity, list.via);
  const isQuick = list.quickAdd.length > 0;
  const self = {
    id: record.id,
    label: title,
    ...(via?.type === 'any-reference' ? { entity: holder.name } : {}),
  };
  // A link belongs to the record it goes through: only who may change that one adds to it.
  const mayAdd =
    entity.can.create && via?.readOnly === false && (entity.createThrough !== list.via || record.can.update);

  return (
    <section className={classes.section} aria-label={list.label}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          {list.label}
          {total !== null ? <span className={classes.count}>{formatDecimal(locale, total)}</span> : null}
        </h2>
        {mayAdd ? (
          isLink || isQuick ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={15} stroke={2} aria-hidden />}
              aria-label={t('record.related.addTo', { list: list.label })}
              aria-expanded={isAdding}
              onClick={() => setAdding(!isAdding)}
            >
              {t('record.related.add')}
            </Button>
          ) : (
            <Button
              size="xs"
              variant="default"
              component={AppLink}
              to={paths.create(entity.plural)}
              search={{ [list.via]: self.entity ? `${self.entity}:${record.id}` : record.id }}
              leftSection={<IconPlus size={15} stroke={2} aria-hidden />}
              aria-label={t('record.related.newIn', { list: list.label })}
            >
              {t('record.related.new')}
            </Button>
          )
        ) : null}
      </div>
      {isAdding ? (
        <RelatedAdd
          entity={entity}
          via={list.via}
          holder={self}
          columns={
            isQuick ? columnsOfRelated(description, entity, { ...list, columns: list.quickAdd }) : columns
          }
          onDone={() => setAdding(false)}
        />
      ) : null}
      {rows.isError ? (
        <p className={classes.quiet}>
          {t('record.related.failed')}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => void rows.refetch()}>
            {t('common.retry')}
          </Button>
        </p>
      ) : rows.isPending ? (
        <Skeleton height={84} mt={8} />
      ) : items.length === 0 ? (
        <p className={classes.quiet}>{t('record.related.none')}</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                {columns.map(({ path, field }) => (
                  <th key={path} scope="col" data-type={field.type}>
                    {field.label}
                  </th>
                ))}
                <th scope="col">
                  <span className="r-hidden">{t('record.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <RelatedRow key={item.id} entity={entity} record={item} columns={columns} isLink={isLink} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.hasNextPage || Object.values(sums).some((sum) => sum.length > 0) ? (
        <div className={classes.foot}>
          {rows.hasNextPage ? (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={rows.isFetchingNextPage}
              onClick={() => void rows.fetchNextPage()}
            >
              {t('record.related.more')}
            </Button>
          ) : (
            <span />
          )}
          <span className={classes.sums}>
            {money
              .filter(({ path }) => (sums[path] ?? []).length > 0)
              .map(({ path, field }) => (
                <span key={path} className={classes.sum}>
                  <span className="r-muted">{field.label}</span>
                  {(sums[path] ?? []).map(({ currency, sum }) => (
                    <strong key={currency} className="r-figures">
                      {currency ? formatMoney(locale, sum, currency) : formatDecimal(locale, sum)}
                    </strong>
                  ))}
                </span>
              ))}
          </span>
        </div>
      ) : null}
    </section>
  );
}
