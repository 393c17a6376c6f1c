/** How much of a form a field takes: the whole line, two columns for what is typed in parts, or one. */
export const fieldWidth = (type: string): 'line' | 'two' | undefined =>
  type === 'long-text' ? 'line' : type === 'person-name' ? 'two' : undefined;
