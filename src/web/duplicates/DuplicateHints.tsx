import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { Duplicate } from '../../model/duplicate.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import classes from './DuplicateHints.module.css';

/** Records that may be the one being written, each with the reason; nothing stands in the way of writing it all the same. */
export function DuplicateHints({
  entity,
  duplicates,
  onUse,
}: {
  readonly entity: EntityDescription;
  readonly duplicates: readonly Duplicate[];
  /** Takes the record instead of a new one. */
  readonly onUse?: ((duplicate: Duplicate) => void) | undefined;
}) {
  const { t } = useTranslation();
  // Always there, so that what appears in it is read out.
  return (
    <div role="status" className={classes.hints}>
      {duplicates.length > 0 ? (
        <>
          <p className={classes.title}>
            <IconCopy size={16} stroke={1.7} aria-hidden />
            {t('verb.duplicates', { entity: entity.label.one })}
          </p>
          <ul className={classes.list}>
            {duplicates.map((duplicate) => (
              <li key={duplicate.id} className={classes.one}>
                <span className={classes.words}>
                  <AppLink to={paths.record(entity.plural, duplicate.id)} target="_blank">
                    {duplicate.label ?? '–'}
                  </AppLink>
                  {duplicate.detail ? <span className="r-muted">{duplicate.detail}</span> : null}
                  {duplicate.reasons.map(({ message }) => (
                    <span key={message} className={classes.reason}>
                      {message}
                    </span>
                  ))}
                </span>
                {onUse ? (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('verb.useOne', { title: duplicate.label ?? '–' })}
                    onClick={() => onUse(duplicate)}
                  >
                    {t('verb.use')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
