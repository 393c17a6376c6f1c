import type { KeyboardEvent } from 'react';

/** What a key asks of a form: Ctrl or Cmd with Enter saves, Escape leaves; null when it is the input's own business. */
export function formKey(event: KeyboardEvent<HTMLElement>): 'save' | 'cancel' | null {
  // Keys pressed in a calendar or a dialog opened from the form arrive here too.
  if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return null;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return 'save';
  if (event.key !== 'Escape' || event.defaultPrevented) return null;
  const isOpen = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
  return isOpen ? null : 'cancel';
}
