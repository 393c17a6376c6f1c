import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { FieldChange, HistoryEntry } from '../../model/history.ts';
import { FieldCell, isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { Face } from '../../web-kit/ui/Face.tsx';
import { fieldNamed } from '../data/describe.ts';
import { MergeNote } from '../merge/MergeNote.tsx';
import classes from './History.module.css';

const atFirst = 6;

/** One write of a record's life: who, when, how, and each value before and after. */
export function HistoryItem({
  entity,
  entry,
  onUndo,
  onUndoWhole,
  onLook,
  isBusy,
}: {
  readonly entity: EntityDescription;
  readonly entry: HistoryEntry;
  /** Undoes the change; left out where the reader may not. */
  readonly onUndo?: (() => void) | undefined;
  /** Undoes all that was written together with it; left out where nothing was. */
  readonly onUndoWhole?: (() => void) | undefined;
  /** Shows the record as it was then. */
  readonly onLook: () => void;
  readonly isBusy: boolean;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const [isOpen, setOpen] = useState(false);
  const who = entry.actor ? (entry.actor.label ?? t('record.history.someone')) : t('record.history.system');
  const isNews = ({ before, after }: FieldChange): boolean =>
    // That a new record's box isn't ticked says nothing.
    entry.verb === 'create' ? !isEmpty(after) && after !== false : !isEmpty(before) || !isEmpty(after);
  const told = entry.changes.filter(isNews);
  const shown = isOpen ? told : told.slice(0, atFirst);
  const rest = told.length - shown.length;
  return (
    <li className={classes.entry}>
      <Face name={who} size={26} />
      <div className={classes.words}>
        <div>
          <strong>{who}</strong> {t(`record.history.verbs.${entry.verb}`)}
        </div>
        <div className={classes.when}>
          <time dateTime={entry.at} title={formatMoment(locale, entry.at, timeZone, 'long')}>
            {formatMoment(locale, entry.at, timeZone)}
          </time>{' '}
          · {t(`record.history.doors.${entry.door}`)}
        </div>
        {entry.merged ? <MergeNote entity={entity} entry={entry} merged={entry.merged} /> : null}
        {shown.length > 0 ? (
          <dl className={classes.changes}>
            {shown.map((change) => (
              <div key={change.field}>
                <dt>{change.label}</dt>
                <dd>
                  {entry.verb === 'create' && isEmpty(change.before) ? null : (
                    <>
                      <span className={classes.before}>
                        <span className="r-hidden">{t('record.history.before')} </span>
                        <Told entity={entity} change={change} side="before" />
                      </span>
                      <span aria-hidden className={classes.arrow}>
                        →
                      </span>
                    </>
                  )}
                  <span className={classes.after}>
                    <span className="r-hidden">{t('record.history.after')} </span>
                    <Told entity={entity} change={change} side="after" />
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        ) : null}
        {rest > 0 ? (
          <UnstyledButton className={classes.more} onClick={() => setOpen(true)}>
            {t('record.history.more', { count: rest })}
          </UnstyledButton>
        ) : null}
        <div className={classes.acts}>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t('record.history.lookOf', { version: entry.version })}
            onClick={onLook}
          >
            {t('record.history.look')}
          </Button>
          {onUndo && entry.verb !== 'erase' && !entry.merged ? (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              loading={isBusy}
              aria-label={t('record.history.undoOf', { version: entry.version })}
              onClick={onUndo}
            >
              {t('common.undo')}
            </Button>
          ) : null}
          {onUndoWhole ? (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={t('record.batch.offerOf', { version: entry.version })}
              onClick={onUndoWhole}
            >
              {t('record.batch.offer')}
            </Button>
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** A value of the past, as people read it. */
function Told({
  entity,
  change,
  side,
}: {
  readonly entity: EntityDescription;
  readonly change: FieldChange;
  readonly side: 'before' | 'after';
}) {
  const { t } = useTranslation();
  const value = change[side];
  const label = side === 'before' ? change.beforeLabel : change.afterLabel;
  if (isEmpty(value)) return <span className="r-muted">{t('record.empty')}</span>;
  const field = fieldNamed(entity, change.field);
  if (!field) return <span>{label ?? (typeof value === 'string' ? value : JSON.stringify(value))}</span>;
  return <FieldCell field={field} value={value} />;
}
