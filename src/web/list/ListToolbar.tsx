import { ActionIcon, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { IconListCheck, IconSearch, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { ViewMenu } from '../views/ViewMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { Filters } from './filter/Filters.tsx';
import classes from './ListToolbar.module.css';
import type { ListState } from './use-list-state.ts';

/** What narrows a list (words, filters) and how it is shown (columns, bin). */
export function ListToolbar({
  entity,
  state,
  error,
  isSelecting,
  onSelecting,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
  /** What the server said against the filter. */
  readonly error: Error | null;
  readonly isSelecting: boolean;
  /** Turns selecting by tap on and off; null where every row has a box of its own. */
  readonly onSelecting: ((on: boolean) => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.toolbar}>
      <ViewMenu entity={entity} state={state} />
      <QuickText state={state} />
      <div className={classes.filters}>
        <Filters
          entity={entity}
          where={state.search.where}
          onChange={(where) => state.change({ where })}
          error={error}
        />
      </div>
      <div className={classes.views}>
        {onSelecting ? (
          <ActionIcon
            variant={isSelecting ? 'light' : 'subtle'}
            color={isSelecting ? 'pine' : 'gray'}
            size={32}
            aria-label={t('list.selecting')}
            aria-pressed={isSelecting}
            onClick={() => onSelecting(!isSelecting)}
          >
            <IconListCheck size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        ) : null}
        <ColumnsMenu entity={entity} state={state} />
        {entity.can.export ? <ExportMenu entity={entity} state={state} /> : null}
        <Tooltip label={state.isBin ? t('list.binLeave') : t('list.binShow')}>
          <ActionIcon
            variant={state.isBin ? 'light' : 'subtle'}
            color={state.isBin ? 'pine' : 'gray'}
            size={32}
            aria-label={t('list.binShow')}
            aria-pressed={state.isBin}
            onClick={() => state.change({ removed: state.isBin ? undefined : '1' })}
          >
            <IconTrash size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {state.isBin ? (
        <div className={classes.line}>
          <Notice kind="warning">{t('list.binWords')}</Notice>
        </div>
      ) : null}
    </div>
  );
}

/** The words that a title must hold, asked for a moment after the last letter. */
export function QuickText({ state }: { readonly state: ListState }) {
  const { t } = useTranslation();
  const [text, setText] = useState(state.search.q ?? '');
  const { change } = state;
  const asked = state.search.q ?? '';

  const sent = useRef(asked);

  // Cleared or reached from elsewhere: the address wins over what was typed.
  useEffect(() => {
    if (asked === sent.current) return;
    sent.current = asked;
    setText(asked);
  }, [asked]);

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = wanted;
      change({ q: wanted || undefined });
    }, 220);
    return () => clearTimeout(timer);
  }, [text, change]);

  return (
    <TextInput
      className={classes.quick}
      size="xs"
      aria-label={t('list.quick')}
      placeholder={t('list.quick')}
      leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
      rightSection={
        text ? <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => setText('')} /> : null
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
