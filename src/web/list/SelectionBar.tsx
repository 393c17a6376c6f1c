import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { BulkActions } from '../bulk/BulkActions.tsx';
import type { Chosen } from '../bulk/chosen.ts';
import { totalsQuery } from '../data/records.ts';
import { MergeButton } from '../merge/MergeButton.tsx';
import { OneAction } from './OneAction.tsx';
import classes from './SelectionBar.module.css';

/** What can be done with the records selected, or with all that match. */
export function SelectionBar({
  entity,
  selected,
  where,
  isAll,
  hasMore,
  onAll,
  isBin,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly selected: readonly RecordOut[];
  /** What the list is narrowed to. */
  readonly where: string | undefined;
  /** All that match are meant, also those that aren't loaded. */
  readonly isAll: boolean;
  /** More match than are selected. */
  readonly hasMore: boolean;
  readonly onAll: () => void;
  readonly isBin: boolean;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const isMany = entity.can.massChange;
  const { data } = useQuery({
    ...totalsQuery(entity.plural, { where }),
    enabled: isMany && !isBin && (isAll || hasMore),
  });
  const matching = data?.complete ? (data.groups[0]?.count ?? null) : null;
  const count = selected.length;
  const held = isAll ? 0 : selected.filter(({ can }) => !can.remove).length;
  const chosen: Chosen = isAll
    ? { where: where ?? '', count: matching }
    : { ids: selected.map(({ id }) => id), count };
  const n = (value: number): string => formatDecimal(locale, value);
  const title = !isAll
    ? t('list.selected', { count })
    : matching === null
      ? t('bulk.allSelected')
      : t('bulk.allOfSelected', { count: matching, n: n(matching) });
  return (
    <section className={classes.bar} aria-label={title}>
      <span className={classes.count} role="status">
        {title}
      </span>
      {isMany && hasMore && !isAll ? (
        <Button size="xs" variant="subtle" onClick={onAll}>
          {matching === null
            ? t('bulk.selectAll')
            : t('bulk.selectAllOf', { count: matching, n: n(matching) })}
        </Button>
      ) : null}
      {held > 0 ? <span className={classes.note}>{t('list.notRemovable', { count: held })}</span> : null}
      {isAll || isBin ? null : <MergeButton entity={entity} selected={selected} />}
      {isMany ? (
        <BulkActions
          entity={entity}
          chosen={chosen}
          isBin={isBin}
          mayRemove={isAll || held < count}
          onDone={onDone}
        />
      ) : (
        <OneAction entity={entity} selected={selected} isBin={isBin} onDone={onDone} />
      )}
      <CloseButton aria-label={t('common.clear')} onClick={onDone} />
    </section>
  );
}
