import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';

/** A question before something that ends or removes. */
export interface Question {
  readonly title: string;
  readonly words: string;
  /** What the button that does it says. */
  readonly label: string;
  readonly onConfirm: () => void;
}

/** Asks before something that ends or removes; Escape and Cancel leave everything as it is. */
export function useConfirm(): (question: Question) => void {
  const { t } = useTranslation();
  return ({ title, words, label, onConfirm }) => {
    modals.openConfirmModal({
      title,
      children: <Text size="sm">{words}</Text>,
      labels: { confirm: label, cancel: t('common.cancel') },
      confirmProps: { color: 'brick' },
      closeButtonProps: { 'aria-label': t('common.close') },
      onConfirm,
    });
  };
}
