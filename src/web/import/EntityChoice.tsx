import { UnstyledButton } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { entityIcon } from '../app/icons.ts';
import classes from './EntityChoice.module.css';

/** What files hold: to be told from each of them, or one of the entities that the reader may import. */
export function EntityChoice({
  entities,
  value,
  onChange,
}: {
  readonly entities: readonly EntityDescription[];
  readonly value: string | null;
  readonly onChange: (entity: string | null) => void;
}) {
  const { t } = useTranslation();
  const choices = [
    { name: null, label: t('imports.new.told'), picture: IconWand },
    ...entities.map(({ name, label, icon }) => ({ name, label: label.many, picture: entityIcon(icon) })),
  ];

  function move(to: number, from: HTMLElement): void {
    const position = (to + choices.length) % choices.length;
    const next = choices[position];
    if (!next) return;
    onChange(next.name);
    (from.parentElement?.children[position] as HTMLElement | undefined)?.focus();
  }

  return (
    <div role="radiogroup" aria-label={t('imports.new.what')} className={classes.choices}>
      {choices.map(({ name, label, picture: Picture }, position) => {
        const isChosen = name === value;
        return (
          <UnstyledButton
            key={name ?? ''}
            role="radio"
            aria-checked={isChosen}
            tabIndex={isChosen ? 0 : -1}
            className={classes.choice}
            data-chosen={isChosen || undefined}
            onClick={() => onChange(name)}
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
            <span>{label}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
