/** What a key means on a card of a board: open it, its menu, or another card to go to; null when nothing. */
export function cardKey(
  event: {
    readonly key: string;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly altKey: boolean;
  },
  card: HTMLElement,
): 'open' | 'menu' | HTMLElement | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case 'Enter':
      return 'open';
    case 'm':
    case 'M':
      return 'menu';
    case 'ArrowDown':
    case 'ArrowUp': {
      const cards = cardsOf(card.closest('[data-column]'));
      return cards[cards.indexOf(card) + (event.key === 'ArrowDown' ? 1 : -1)] ?? null;
    }
    case 'ArrowLeft':
    case 'ArrowRight':
      return beside(card, event.key === 'ArrowRight' ? 1 : -1);
    default:
      return null;
  }
}

const cardsOf = (column: Element | null): HTMLElement[] => [
  ...(column?.querySelectorAll<HTMLElement>('[data-card]') ?? []),
];

/** The card at the same height in the next column that has any. */
function beside(card: HTMLElement, step: 1 | -1): HTMLElement | null {
  const own = card.closest('[data-column]');
  const at = cardsOf(own).indexOf(card);
  let column = step === 1 ? own?.nextElementSibling : own?.previousElementSibling;
  while (column) {
    const cards = cardsOf(column);
    if (cards.length > 0) return cards[Math.min(at, cards.length - 1)] ?? null;
    column = step === 1 ? column.nextElementSibling : column.previousElementSibling;
  }
  return null;
}
