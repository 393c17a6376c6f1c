import { ActionIcon, Select } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quote } from '../../expression/quote.ts';
import { toneStyle } from '../../fields/value-badge.tsx';
import type { ListDescription } from '../../model/description.ts';
import { useDescription } from '../data/describe.ts';
import { currentLocale } from '../i18n/i18n.ts';
import classes from './Admin.module.css';
import { type ListValue, useSave, wholeQuery } from './admin-queries.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';
import { RowButton } from './RowButton.tsx';
import { SetupList } from './SetupList.tsx';
import { useReorder } from './use-reorder.ts';
import { ValueForm } from './ValueForm.tsx';

/** The values people choose from, list by list. */
export function ValueLists() {
  const { t } = useTranslation();
  const { lists } = useDescription();
  const [name, setName] = useState(lists[0]?.name ?? null);
  const list = lists.find((one) => one.name === name);
  return (
    <OnlyAdministrators or="manage-lists">
      {list ? (
        <ValueList
          key={list.name}
          list={list}
          choice={
            <Select
              aria-label={t('admin.value.list')}
              data={lists.map((one) => ({ value: one.name, label: one.label }))}
              value={name}
              onChange={setName}
              allowDeselect={false}
              searchable
              w={240}
              mb="md"
            />
          }
        />
      ) : null}
    </OnlyAdministrators>
  );
}

/** A value's name in the language on the screen; English where there is none. */
function nameOf(value: ListValue): string {
  const named = { en: value.labelEn, fr: value.labelFr, es: value.labelEs }[currentLocale()];
  return named || value.labelEn;
}

function ValueList({ list, choice }: { readonly list: ListDescription; readonly choice: React.ReactNode }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(
    wholeQuery<ListValue>('base-values', 'position', `list = ${quote(list.name)}`),
  );
  const [edited, setEdited] = useState<ListValue | 'new' | null>(null);
  const save = useSave('base-values');
  const reorder = useReorder();
  const values = data ?? [];
  const heads = [
    t('admin.value.label'),
    t('admin.value.code'),
    ...(list.classes.length > 0 ? [t('admin.value.class')] : []),
    ...(list.hasProbability ? [t('admin.value.probability')] : []),
    t('admin.user.state'),
    '',
  ];

  return (
    <SetupList
      title={t('admin.lists')}
      label={list.label}
      head={choice}
      add={t('admin.value.add')}
      onAdd={() => setEdited('new')}
      failures={[error, save.error, reorder.error]}
      heads={heads}
      rows={
        data?.map((value, position) => (
          <tr key={value.id} className={classes.row} data-inactive={!value.active || undefined}>
            <td>
              <span className={classes.value}>
                <span className="r-tone-dot" style={toneStyle(value.color)} />
                <button type="button" className={classes.name} onClick={() => setEdited(value)}>
                  {nameOf(value)}
                </button>
              </span>
            </td>
            <td>
              <code>{value.code}</code>
            </td>
            {list.classes.length > 0 ? (
              <td>{list.classes.find(({ code }) => code === value.class)?.label ?? value.class}</td>
            ) : null}
            {list.hasProbability ? (
              <td className="r-figures">{value.probability?.replace(/\.?0+$/, '') || '0'}</td>
            ) : null}
            <td>{value.active ? t('admin.value.active') : t('admin.value.inactive')}</td>
            <td>
              <span className={classes.moves}>
                <RowButton
                  words={value.active ? t('admin.value.deactivate') : t('admin.value.activate')}
                  onClick={() => save.mutate({ id: value.id, version: value.version, active: !value.active })}
                />
                {([-1, 1] as const).map((by) => (
                  <ActionIcon
                    key={by}
                    size={30}
                    aria-label={`${by < 0 ? t('common.moveUp') : t('common.moveDown')}: ${nameOf(value)}`}
                    disabled={position + by < 0 || position + by >= values.length || reorder.isPending}
                    onClick={() => reorder.mutate({ values, from: position, to: position + by })}
                  >
                    {by < 0 ? (
                      <IconChevronUp size={17} aria-hidden />
                    ) : (
                      <IconChevronDown size={17} aria-hidden />
                    )}
                  </ActionIcon>
                ))}
              </span>
            </td>
          </tr>
        )) ?? null
      }
    >
      {edited ? (
        <ValueForm
          list={list}
          value={edited === 'new' ? null : edited}
          last={values.at(-1)?.position ?? 0}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </SetupList>
  );
}
