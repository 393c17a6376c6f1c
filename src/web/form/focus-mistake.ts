import type { ToldMistake } from '../../web-kit/api/problem.ts';

/** Puts the cursor into the first wrong input, in the order of the form. */
export function focusMistake(form: HTMLElement, idPrefix: string, mistakes: readonly ToldMistake[]): void {
  const wrong = mistakes
    .map(({ field }) => {
      const [name = '', part = ''] = field.split(/\.|(?=\[)/);
      const byPart = part
        ? form.querySelector<HTMLElement>(`#${CSS.escape(`${idPrefix}-${name}-${part}`)}`)
        : null;
      return byPart ?? form.querySelector<HTMLElement>(`#${CSS.escape(`${idPrefix}-${name}`)}`);
    })
    .filter((element) => element !== null)
    .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  wrong[0]?.focus();
  wrong[0]?.scrollIntoView({ block: 'center', behavior: 'smooth' });
}
