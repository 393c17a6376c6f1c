import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportSet } from '../../model/import.ts';
import { tellFailure } from '../app/tell.ts';
import { useImportAct } from './import-data.ts';
import { useSetTitle } from './use-set-title.ts';

/** Asks whether an import shall be undone, saying what will happen, and begins it. */
export function useUndoImport(set: ImportSet): { readonly ask: () => void; readonly isPending: boolean } {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const act = useImportAct(set.id);
  const title = useSetTitle(set.files.map(({ fileName }) => fileName));
  const n = (count: number) => ({ count, n: formatDecimal(locale, count) });

  const ask = (): void => {
    modals.openConfirmModal({
      title: t('imports.run.undoTitle'),
      children: (
        <>
          <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Text>
          <ul style={{ margin: '8px 0 0', paddingInlineStart: 18 }}>
            {set.created > 0 ? <li>{t('imports.run.undoCreated', n(set.created))}</li> : null}
            {set.updated > 0 ? <li>{t('imports.run.undoUpdated', n(set.updated))}</li> : null}
            <li>{t('imports.run.undoValues')}</li>
            <li>{t('imports.run.undoLater')}</li>
          </ul>
        </>
      ),
      labels: { confirm: t('imports.run.undo'), cancel: t('common.cancel') },
      confirmProps: { color: 'brick' },
      closeButtonProps: { 'aria-label': t('common.close') },
      onConfirm: () => act.mutate('undo', { onError: tellFailure }),
    });
  };
  return { ask, isPending: act.isPending };
}
