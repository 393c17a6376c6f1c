import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Select, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { useDescription } from '../data/describe.ts';
import classes from './ColumnsMenu.module.css';
import { showable, throughReferences } from './columns.ts';
import type { ListState } from './use-list-state.ts';

/** Which columns a list shows, and in what order. */
export function ColumnsMenu({
  entity,
  state,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
}) {
  const { t } = useTranslation();
  const names = state.columns.map(({ field }) => field.name);
  const shown = state.columns.map(({ field }) => field);
  const description = useDescription();
  const further = throughReferences(description, entity).filter(({ name }) => !names.includes(name));
  const rest = showable(entity).filter(({ name }) => !names.includes(name));

  function move(name: string, by: number): void {
    const at = names.indexOf(name);
    const others = names.filter((other) => other !== name);
    state.setColumns([...others.slice(0, at + by), name, ...others.slice(at + by)]);
  }

  return (
    <Popover position="bottom-end" width={308} trapFocus>
      <Popover.Target>
        <Tooltip label={t('list.columns')}>
          <ActionIcon size={32} aria-label={t('list.columns')}>
            <IconColumns3 size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('list.columns')}>
        <ScrollArea.Autosize mah={420} className={classes.list}>
          {shown.map(({ name, label }, position) => (
            <div key={name} className={classes.line}>
              <Checkbox
                label={label}
                checked
                disabled={name === entity.title}
                onChange={() => state.setColumns(names.filter((other) => other !== name))}
              />
              {name === entity.title ? null : (
                <span className={classes.moves}>
                  <ActionIcon
                    size="sm"
                    aria-label={`${t('common.moveUp')}: ${label}`}
                    disabled={position <= 1}
                    onClick={() => move(name, -1)}
                  >
                    <IconChevronUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    aria-label={`${t('common.moveDown')}: ${label}`}
                    disabled={position === shown.length - 1}
                    onClick={() => move(name, 1)}
                  >
                    <IconChevronDown size={16} aria-hidden />
                  </ActionIcon>
                </span>
              )}
            </div>
          ))}
          <div className={classes.rule} />
          {rest.map(({ name, label }) => (
            <div key={name} className={classes.line}>
              <Checkbox label={label} checked={false} onChange={() => state.setColumns([...names, name])} />
            </div>
          ))}
          {further.length > 0 ? (
            <Select
              mx={10}
              my={6}
              size="xs"
              searchable
              label={t('views.through')}
              placeholder={t('views.addThrough')}
              nothingFoundMessage={t('values.nothing')}
              comboboxProps={{ withinPortal: false }}
              value={null}
              data={further.map(({ name, label }) => ({ value: name, label }))}
              onChange={(name) => name && state.setColumns([...names, name])}
            />
          ) : null}
        </ScrollArea.Autosize>
        <div className={classes.foot}>
          <Button variant="subtle" size="xs" onClick={() => state.setColumns(undefined)}>
            {t('list.columnsReset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
