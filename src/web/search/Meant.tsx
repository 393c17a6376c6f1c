import { useTranslation } from 'react-i18next';
import classes from './Meant.module.css';

/** Says that nothing was found by what was typed, and offers what may have been meant. */
export function Meant({
  text,
  meant,
  onTake,
}: {
  readonly text: string;
  readonly meant: string;
  readonly onTake: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <p className={classes.words}>
      {t('search.shownInstead', { text })}{' '}
      <button type="button" className={classes.take} onClick={() => onTake(meant)}>
        {t('search.meant', { text: meant })}
      </button>
    </p>
  );
}
