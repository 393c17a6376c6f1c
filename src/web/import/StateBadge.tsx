import { useTranslation } from 'react-i18next';
import { toneStyle } from '../../fields/value-badge.tsx';
import type { ImportStateName } from '../../model/import.ts';

const tones: Readonly<Record<ImportStateName, string>> = {
  draft: 'gray',
  checking: 'blue',
  checked: 'violet',
  running: 'blue',
  cancelled: 'amber',
  done: 'green',
  failed: 'red',
  undoing: 'amber',
  undone: 'gray',
};

/** Where an import stands, in a word. */
export function StateBadge({ state }: { readonly state: ImportStateName }) {
  const { t } = useTranslation();
  return (
    <span className="r-tone" style={toneStyle(tones[state])}>
      {t(`imports.states.${state}`)}
    </span>
  );
}
