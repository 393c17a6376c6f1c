import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { format } from '../../../expression/format.ts';
import classes from './FilterBar.module.css';

/** A filter that chips can't show, as the expression it is; it opens to be changed. */
export function AdvancedChip({
  text,
  isWrong = false,
  onOpen,
  onRemove,
}: {
  readonly text: string;
  readonly isWrong?: boolean;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <span className={classes.chip} data-wrong={isWrong || undefined}>
      <UnstyledButton className={classes.chipOpen} onClick={onOpen} aria-haspopup="dialog">
        <span>{t('expression.advanced')}</span>
        <code className={classes.chipText} title={text}>
          {format(text)}
        </code>
      </UnstyledButton>
      <UnstyledButton className={classes.chipClose} aria-label={t('list.removeFilter')} onClick={onRemove}>
        <IconX size={14} stroke={2} aria-hidden />
      </UnstyledButton>
    </span>
  );
}
