import { describe, expect, it } from 'vitest';
import { gridKey } from './grid-keys.ts';

const key = (
  name: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('keys of a list', () => {
  it('leaves keys that mean nothing here, and those held with Ctrl, to the browser', () => {
    expect(gridKey(key('q'), 0, 10, 5)).toBeNull();
    expect(gridKey(key('k', { ctrlKey: true }), 3, 10, 5)).toBeNull();
    expect(gridKey(key('ArrowDown'), 0, 0, 5)).toBeNull();
  });

  it('never leaves the list', () => {
    expect(gridKey(key('ArrowUp'), 0, 10, 5)).toEqual({ kind: 'move', to: 0 });
    expect(gridKey(key('PageDown'), 8, 10, 5)).toEqual({ kind: 'move', to: 9 });
    expect(gridKey(key('End'), 2, 10, 5)).toEqual({ kind: 'move', to: 9 });
    expect(gridKey(key('Home'), 7, 10, 5)).toEqual({ kind: 'move', to: 0 });
  });

  it('moves by arrows and by j and k, opens by Enter, selects by Space', () => {
    expect(gridKey(key('j'), 1, 10, 5)).toEqual({ kind: 'move', to: 2 });
    expect(gridKey(key('k'), 1, 10, 5)).toEqual({ kind: 'move', to: 0 });
    expect(gridKey(key('ArrowDown', { shiftKey: true }), 1, 10, 5)).toEqual({ kind: 'extend', to: 2 });
    expect(gridKey(key('Enter'), 4, 10, 5)).toEqual({ kind: 'open', to: 4 });
    expect(gridKey(key(' '), 4, 10, 5)).toEqual({ kind: 'select', to: 4 });
  });
});
