import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { entityIcon } from '../app/icons.ts';
import classes from './EntityChoice.module.css';

/** Which kind of records a file holds: one of those the reader may import. */
export function EntityChoice({
  entities,
  value,
  onChange,
}: {
  readonly entities: readonly EntityDescription[];
  readonly value: string | null;
  readonly onChange: (entity: string) => void;
}) {
  const { t } = useTranslation();
  const at = entities.findIndex((entity) => entity.name === value);

  function move(to: number, from: HTMLElement): void {
    const position = (to + entities.length) % entities.length;
    const next = entities[position];
    if (!next) return;
    onChange(next.name);
    (from.parentElement?.children[position] as HTMLElement | undefined)?.focus();
  }

  return (
    <div role="radiogroup" aria-label={t('imports.new.what')} className={classes.choices}>
      {entities.map((entity, position) => {
        const Picture = entityIcon(entity.icon);
        const isChosen = position === at;
        return (
          <UnstyledButton
            key={entity.name}
            role="radio"
            aria-checked={isChosen}
            tabIndex={isChosen || (at === -1 && position === 0) ? 0 : -1}
            className={classes.choice}
            data-chosen={isChosen || undefined}
            onClick={() => onChange(entity.name)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight' || event.key === 'ArrowDown') {
                event.preventDefault();
                move(position + 1, event.currentTarget);
              } else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') {
                event.preventDefault();
                move(position - 1, event.currentTarget);
              }
            }}
          >
            <Picture size={20} stroke={1.6} aria-hidden />
            <span>{entity.label.many}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
