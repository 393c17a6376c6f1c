import type { EntityDescription } from '../../model/description.ts';
import { entityIcon } from '../app/icons.ts';
import classes from './QuickSearch.module.css';

/** A record found. */
export interface Hit {
  readonly entity: EntityDescription;
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
}

/** Records found, under the names of their entities; one of them is the active one. */
export function SearchResults({
  hits,
  active,
  onHover,
  onOpen,
}: {
  readonly hits: readonly Hit[];
  readonly active: number;
  readonly onHover: (position: number) => void;
  readonly onOpen: (hit: Hit) => void;
}) {
  const groups = [...new Set(hits.map((hit) => hit.entity))];
  return (
    <div id="search-results" role="listbox">
      {groups.map((entity) => {
        const Picture = entityIcon(entity.icon);
        return (
          // biome-ignore lint/a11y/useSemanticElements: the groups of a listbox are role=group, a fieldset isn’t allowed in it
          <div key={entity.name} role="group" aria-label={entity.label.many} className={classes.group}>
            <div className={classes.heading} aria-hidden>
              {entity.label.many}
            </div>
            {hits.map((hit, position) =>
              hit.entity === entity ? (
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
                  <Picture size={18} stroke={1.6} aria-hidden className={classes.picture} />
                  <span className={classes.title}>{hit.title}</span>
                  {hit.detail ? <span className={classes.detail}>{hit.detail}</span> : null}
                </div>
              ) : null,
            )}
          </div>
        );
      })}
    </div>
  );
}
