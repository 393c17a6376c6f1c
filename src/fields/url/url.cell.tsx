import { type CellProps, useFieldView } from '../field-view.tsx';

/** A link that opens beside the app; only http and https are followed. */
export function Cell({ value }: CellProps) {
  const { linkTabIndex } = useFieldView();
  const text = String(value);
  const shown = text.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  if (!/^https?:\/\//i.test(text)) return <span className="r-ellipsis">{text}</span>;
  return (
    <a
      className="r-ellipsis"
      href={text}
      target="_blank"
      rel="noopener noreferrer"
      tabIndex={linkTabIndex}
      title={text}
    >
      {shown}
    </a>
  );
}
