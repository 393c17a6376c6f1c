import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HitLine } from './HitLine.tsx';
import type { Hit } from './hit.ts';
import classes from './QuickSearch.module.css';

/** Records found, under the names of their entities or under one heading; one of them, or the way on, is active. */
export function SearchResults({
  hits,
  heading,
  active,
  onHover,
  onOpen,
  onAll,
}: {
  readonly hits: readonly Hit[];
  /** Stands over all of them; left out: each entity has its own. */
  readonly heading?: string;
  readonly active: number;
  readonly onHover: (position: number) => void;
  readonly onOpen: (hit: Hit) => void;
  /** Shows all results; it stands behind the last record. */
  readonly onAll?: () => void;
}) {
  const { t } = useTranslation();
  const groups = heading
    ? [{ name: heading, holds: () => true }]
    : [...new Set(hits.map(({ entity }) => entity))].map((entity) => ({
        name: entity.label.many,
        holds: (hit: Hit) => hit.entity === entity,
      }));
  return (
    <div id="search-results" role="listbox">
      {groups.map(({ name, holds }) => (
        // biome-ignore lint/a11y/useSemanticElements: the groups of a listbox are role=group, a fieldset isn’t allowed in it
        <div key={name} role="group" aria-label={name} className={classes.group}>
          <div className={classes.heading} aria-hidden>
            {name}
          </div>
          {hits.map((hit, position) =>
            holds(hit) ? (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is heard by the input that owns this list
              <div
                key={hit.id}
                id={`search-hit-${position}`}
                role="option"
                tabIndex={-1}
                aria-selected={position === active}
                className={classes.hit}
                onMouseMove={() => onHover(position)}
                onClick={() => onOpen(hit)}
              >
                <HitLine hit={hit} />
              </div>
            ) : null,
          )}
        </div>
      ))}
      {onAll ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is heard by the input that owns this list
        <div
          id={`search-hit-${hits.length}`}
          role="option"
          tabIndex={-1}
          aria-selected={hits.length === active}
          className={classes.hit}
          onMouseMove={() => onHover(hits.length)}
          onClick={onAll}
        >
          <IconArrowRight size={18} stroke={1.6} aria-hidden className={classes.picture} />
          {t('search.all')}
        </div>
      ) : null}
    </div>
  );
}
