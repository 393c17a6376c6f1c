/** The state of a list, kept in its address, so that a link shows the same view to whoever opens it. */
export interface ListSearch {
  /** An expression. */
  readonly where?: string | undefined;
  /** Words the title must hold. */
  readonly q?: string | undefined;
  /** `-amount,name` */
  readonly sort?: string | undefined;
  /** Names of the columns shown, joined by commas; absent: the reader's own choice. */
  readonly columns?: string | undefined;
  /** The view it began with: the name of one that comes with the entity, the id of a saved one, or `all`. */
  readonly view?: string | undefined;
  /** `1` shows the bin. */
  readonly removed?: '1' | undefined;
}

/** Reads the state of a list from an address; whatever isn't part of it is dropped. */
export function readListSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  return {
    where: text('where'),
    q: text('q'),
    sort: text('sort'),
    columns: text('columns'),
    view: text('view'),
    removed: search['removed'] === '1' ? '1' : undefined,
  };
}
