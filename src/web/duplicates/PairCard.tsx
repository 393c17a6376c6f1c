import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { DuplicatePair, PairState } from '../../model/duplicate.ts';
import { FieldCell, isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { tellUndoable } from '../app/tell-undoable.tsx';
import { fieldNamed, titleOf } from '../data/describe.ts';
import { mergePlace } from '../merge/merge-search.ts';
import { useDecision } from './duplicate-data.ts';
import classes from './PairCard.module.css';

/** Two records that may be the same, side by side, with what speaks for and against it, and what can be decided. */
export function PairCard({
  entity,
  pair,
}: {
  readonly entity: EntityDescription;
  readonly pair: DuplicatePair;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const decide = useDecision(entity);
  const titles = pair.records.map((record) => titleOf(entity, record));
  const mayDecide = pair.records.some(({ can }) => can.update);
  const become = (state: PairState): void => {
    decide.mutate(
      { pair, state },
      {
        onSuccess: () =>
          tellUndoable(
            `pair-${pair.records.map(({ id }) => id).join('-')}`,
            t(state === 'open' ? 'duplicates.reopened' : 'duplicates.keptApart'),
            () => decide.mutate({ pair, state: state === 'open' ? 'not-duplicate' : 'open' }),
          ),
      },
    );
  };
  return (
    <article className={classes.pair} aria-label={titles.join(' · ')}>
      <div className={classes.head}>
        <span className={classes.score} data-sure={pair.score >= 100 || undefined}>
          {t('duplicates.score', { score: pair.score })}
        </span>
        <ul className={classes.reasons} aria-label={t('duplicates.reasons')}>
          {pair.reasons.map(({ criterion, points, message }) => (
            <li key={criterion} data-against={points < 0 || undefined}>
              {message}
            </li>
          ))}
        </ul>
        <span className={classes.acts}>
          {mayDecide && pair.state === 'open' ? (
            <Button
              size="xs"
              variant="default"
              loading={decide.isPending}
              onClick={() => become('not-duplicate')}
            >
              {t('duplicates.notOne')}
            </Button>
          ) : null}
          {pair.state === 'open' && entity.mergeable ? (
            <Button
              size="xs"
              component={AppLink}
              {...mergePlace(
                entity.plural,
                pair.records.map(({ id }) => id),
              )}
            >
              {t('duplicates.merge')}
            </Button>
          ) : null}
          {mayDecide && pair.state !== 'open' ? (
            <Button size="xs" variant="default" loading={decide.isPending} onClick={() => become('open')}>
              {t('duplicates.reopen')}
            </Button>
          ) : null}
        </span>
      </div>
      {pair.decidedAt ? (
        <p className={classes.decided}>
          {t('duplicates.decided', {
            who: pair.decidedBy?.label ?? '–',
            when: formatMoment(locale, pair.decidedAt, timeZone),
          })}
        </p>
      ) : null}
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            {pair.records.map((record, place) => (
              <th key={record.id} scope="col">
                <AppLink to={paths.record(entity.plural, record.id)} target="_blank">
                  {titles[place] || '–'}
                </AppLink>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shownFields(entity, pair).map((field) => (
            <tr key={field.name} data-alike={alikeness(pair, field.name)}>
              <th scope="row">{field.label}</th>
              {pair.records.map((record) => (
                <td key={record.id}>
                  <FieldCell field={field} value={record[field.name]} record={record} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

/** What is compared and what a list shows, as far as one of the two says something. */
function shownFields(entity: EntityDescription, { records }: DuplicatePair): readonly FieldDescription[] {
  const names = new Set([...entity.duplicateFields, ...entity.list.columns]);
  return [...names].flatMap((name) => {
    const field = fieldNamed(entity, name);
    const isSaid = records.some((record) => !isEmpty(record[name]));
    return field && isSaid ? [field] : [];
  });
}

/** Whether a field speaks for the two being the same, or against it. */
function alikeness({ reasons }: DuplicatePair, name: string): 'for' | 'against' | undefined {
  const reason = reasons.find(({ fields }) => fields.includes(name));
  if (!reason) return undefined;
  return reason.points > 0 ? 'for' : 'against';
}
