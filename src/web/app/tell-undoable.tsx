import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { i18n } from '../i18n/i18n.ts';

/** Says in a corner what was done, with a button that takes it back; it stays long enough to think about it. */
export function tellUndoable(id: string, message: string, onUndo: () => void): void {
  const undo = (): void => {
    notifications.hide(id);
    onUndo();
  };
  notifications.show({
    id,
    color: 'moss',
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 12, justifyContent: 'space-between' }}>
        <span>{message}</span>
        <Button size="xs" variant="default" style={{ flex: 'none' }} onClick={undo}>
          {i18n.t('common.undo')}
        </Button>
      </span>
    ),
  });
}
