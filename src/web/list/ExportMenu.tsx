import { ActionIcon, Button, Checkbox, Popover, Radio, SegmentedControl, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import { tell } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { totalsQuery } from '../data/records.ts';
import classes from './ExportMenu.module.css';
import type { ListState } from './use-list-state.ts';

const formats = ['xlsx', 'csv', 'jsonl'] as const;
type Format = (typeof formats)[number];

/** Takes what the list shows away as a file: its filter and order, all fields or its columns. */
export function ExportMenu({
  entity,
  state,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover position="bottom-end" width={320} trapFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <Tooltip label={t('exports.title')}>
          <ActionIcon
            size={32}
            aria-label={t('exports.title')}
            aria-expanded={isOpen}
            onClick={() => setOpen((before) => !before)}
          >
            <IconDownload size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('exports.title')}>
        <ExportChoice entity={entity} state={state} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ExportChoice({
  entity,
  state,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<Format>('xlsx');
  const [isWhole, setWhole] = useState(false);
  const [isRead, setRead] = useState(true);
  const isTable = format !== 'jsonl';
  const address = api.url(`/${entity.plural}/export`, {
    format,
    where: state.where,
    sort: state.sort,
    removed: state.isBin,
    fields: isWhole ? undefined : state.columns.map(({ field }) => field.name),
    header: isTable && isRead ? 'labels' : undefined,
  });

  return (
    <div className={classes.choice}>
      <SegmentedControl
        fullWidth
        aria-label={t('exports.format')}
        value={format}
        onChange={setFormat}
        data={formats.map((value) => ({ value, label: t(`exports.formats.${value}`) }))}
      />
      <Radio.Group
        label={t('exports.fields')}
        value={isWhole ? 'all' : 'shown'}
        onChange={(value) => setWhole(value === 'all')}
      >
        <div className={classes.options}>
          <Radio value="shown" label={t('exports.shown')} />
          <Radio value="all" label={t('exports.all')} />
        </div>
      </Radio.Group>
      {isTable ? (
        <Checkbox
          label={t('exports.read')}
          description={t('exports.readHelp')}
          checked={isRead}
          onChange={(event) => setRead(event.currentTarget.checked)}
        />
      ) : null}
      <div className={classes.foot}>
        <HowMany entity={entity} state={state} />
        <Button
          component="a"
          href={address}
          download
          leftSection={<IconDownload size={16} stroke={1.8} aria-hidden />}
          onClick={() => {
            tell(t('exports.begun'));
            onDone();
          }}
        >
          {t('exports.take')}
        </Button>
      </div>
    </div>
  );
}

/** How many records the file will hold, where that is quickly told. */
function HowMany({ entity, state }: { readonly entity: EntityDescription; readonly state: ListState }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const { data } = useQuery({
    ...totalsQuery(entity.plural, { where: state.where }),
    enabled: !state.isBin,
  });
  const group = data?.groups[0];
  if (state.isBin || !data) return <span />;
  return (
    <span className="r-muted" role="status">
      {data.complete
        ? t('list.count', { count: group?.count ?? 0, n: formatDecimal(locale, group?.count ?? 0) })
        : t('list.countMore', { n: formatDecimal(locale, 10_000) })}
    </span>
  );
}
