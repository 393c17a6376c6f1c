import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportState } from '../../model/import.ts';
import { useImportAct } from './import-data.ts';

/** Asks whether an import shall be undone, saying what will happen, and begins it. */
export function useUndoImport(item: ImportState): { readonly ask: () => void; readonly isPending: boolean } {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const act = useImportAct(item.id);
  const n = (count: number) => ({ count, n: formatDecimal(locale, count) });

  const ask = (): void => {
    modals.openConfirmModal({
      title: t('imports.run.undoTitle'),
      children: (
        <>
          <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
            {item.fileName}
          </Text>
          <ul style={{ margin: '8px 0 0', paddingInlineStart: 18 }}>
            {item.created > 0 ? <li>{t('imports.run.undoCreated', n(item.created))}</li> : null}
            {item.updated > 0 ? <li>{t('imports.run.undoUpdated', n(item.updated))}</li> : null}
            <li>{t('imports.run.undoValues')}</li>
            <li>{t('imports.run.undoLater')}</li>
          </ul>
        </>
      ),
      labels: { confirm: t('imports.run.undo'), cancel: t('common.cancel') },
      confirmProps: { color: 'brick' },
      closeButtonProps: { 'aria-label': t('common.close') },
      onConfirm: () =>
        act.mutate('undo', {
          onError: (error) => notifications.show({ message: error.message, color: 'brick' }),
        }),
    });
  };
  return { ask, isPending: act.isPending };
}
