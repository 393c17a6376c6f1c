import { describe, expect, test } from 'vitest';
import { neighboursIn } from './neighbours.ts';

describe('the records beside one', () => {
  test('are unknown where the list doesn’t hold it', () => {
    expect(neighboursIn(['a', 'b'], 'z')).toBeNull();
  });

  test('end where the list ends', () => {
    expect(neighboursIn(['a', 'b', 'c'], 'a')).toEqual({ previous: null, next: 'b' });
    expect(neighboursIn(['a', 'b', 'c'], 'b')).toEqual({ previous: 'a', next: 'c' });
    expect(neighboursIn(['a', 'b', 'c'], 'c')).toEqual({ previous: 'b', next: null });
  });
});
