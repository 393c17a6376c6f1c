/** What a key means in a list: move to a row (and select on the way), open it, select it. */
export interface GridMove {
  readonly kind: 'move' | 'extend' | 'open' | 'select';
  readonly to: number;
}

/** The meaning of a key pressed on the row at `current` of `count`; `page` rows fit on the screen. */
export function gridKey(
  event: {
    readonly key: string;
    readonly shiftKey: boolean;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly altKey: boolean;
  },
  current: number,
  count: number,
  page: number,
): GridMove | null {
  if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return null;
  const within = (to: number): number => Math.max(0, Math.min(count - 1, to));
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    j: 1,
    k: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const step = steps[event.key];
  if (step !== undefined) return { kind: event.shiftKey ? 'extend' : 'move', to: within(current + step) };
  if (event.key === 'Enter') return { kind: 'open', to: current };
  if (event.key === ' ' || event.key === 'x') return { kind: 'select', to: current };
  return null;
}
