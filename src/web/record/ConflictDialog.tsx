import { Button, Group, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { fieldNamed } from '../data/describe.ts';
import type { Draft } from '../form/draft.ts';
import classes from './ConflictDialog.module.css';
import type { Conflict } from './conflict.ts';
import { RecordValue } from './RecordValue.tsx';

/** Shows both values of each field that two people changed, to choose from. */
export function ConflictDialog({
  entity,
  current,
  yours,
  conflicts,
  onDone,
}: {
  readonly entity: EntityDescription;
  /** The record as it is now. */
  readonly current: RecordOut;
  readonly yours: Draft;
  readonly conflicts: readonly Conflict[];
  /** The chosen values that differ from the present ones; null when given up. */
  readonly onDone: (chosen: Draft | null) => void;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());

  function choose(name: string, side: string): void {
    const next = new Set(mine);
    if (side === 'yours') next.add(name);
    else next.delete(name);
    setMine(next);
  }

  return (
    <Dialog
      onClose={() => onDone(null)}
      title={t('record.conflictTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={classes.words}>{t('record.conflictWords')}</p>
      {conflicts.map(({ field: name, by, at }) => {
        const field = fieldNamed(entity, name);
        if (!field) return null;
        const when = formatMoment(locale, at, timeZone);
        return (
          <Radio.Group
            key={name}
            className={classes.group ?? ''}
            label={field.label}
            value={mine.has(name) ? 'yours' : 'theirs'}
            onChange={(side) => choose(name, side)}
          >
            <div className={classes.sides}>
              {(['theirs', 'yours'] as const).map((side) => (
                <Radio
                  key={side}
                  value={side}
                  data-autofocus={side === 'theirs' ? true : undefined}
                  size="sm"
                  className={classes.side ?? ''}
                  label={
                    <>
                      <span className={classes.whose}>
                        {side === 'yours'
                          ? t('record.yours')
                          : by?.label
                            ? t('record.theirs', { who: by.label, when })
                            : t('record.theirsNobody', { when })}
                      </span>
                      <RecordValue field={field} value={side === 'yours' ? yours[name] : current[name]} />
                    </>
                  }
                />
              ))}
            </div>
          </Radio.Group>
        );
      })}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => onDone(null)}>
          {t('common.cancel')}
        </Button>
        <Button onClick={() => onDone(Object.fromEntries([...mine].map((name) => [name, yours[name]])))}>
          {t('record.keepChosen')}
        </Button>
      </Group>
    </Dialog>
  );
}
