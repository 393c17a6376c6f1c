import type { FoundMark } from '../../model/search.ts';
import classes from './Marked.module.css';

/** A text with the places highlighted by which it was found. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly FoundMark[] }) {
  if (marks.length === 0) return text;
  return (
    <>
      {marks.map(([from, to], place) => (
        <span key={from}>
          {text.slice(marks[place - 1]?.[1] ?? 0, from)}
          <mark className={classes.mark}>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}
