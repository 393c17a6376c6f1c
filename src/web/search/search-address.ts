/** The state of the search screen, kept in its address. */
export interface SearchAddress {
  readonly q?: string | undefined;
  /** The one entity whose results are shown. */
  readonly entity?: string | undefined;
}

/** Reads the state of the search screen from an address; whatever isn't part of it is dropped. */
export const readSearchAddress = (search: Readonly<Record<string, unknown>>): SearchAddress => {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  return { q: text('q'), entity: text('entity') };
};
