type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The options that were given; the engine's own defaults hold for the others. */
export const given = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
