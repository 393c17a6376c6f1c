import { type CellProps, useFieldView } from '../field-view.tsx';

/** An address that opens a message. */
export function Cell({ value }: CellProps) {
  const { linkTabIndex } = useFieldView();
  return (
    <a className="r-ellipsis" href={`mailto:${encodeURI(String(value))}`} tabIndex={linkTabIndex}>
      {String(value)}
    </a>
  );
}
