import { entityIcon } from '../app/icons.ts';
import { fieldNamed } from '../data/describe.ts';
import classes from './HitLine.module.css';
import type { Hit } from './hit.ts';
import { Marked } from './Marked.tsx';

/** What a record found is called, and by which of its fields it was found, or else what tells it from others. */
export function HitLine({ hit }: { readonly hit: Hit }) {
  const Picture = entityIcon(hit.entity.icon);
  const label = hit.match ? fieldNamed(hit.entity, hit.match.field)?.label : undefined;
  return (
    <>
      <Picture size={18} stroke={1.6} aria-hidden className={classes.picture} />
      <span className={classes.title}>
        <Marked text={hit.title} marks={hit.marks} />
      </span>
      {hit.match && label ? (
        <span className={classes.detail}>
          {' '}
          <span className={classes.label}>{label}</span>{' '}
          <Marked text={hit.match.text} marks={hit.match.marks} />
        </span>
      ) : hit.detail ? (
        <span className={classes.detail}> {hit.detail}</span>
      ) : null}
    </>
  );
}
