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

/**
 * Two records that may be the same, side by side, with what speaks for and against it, and what can be decided: of one
 * entity they are merged, of two (`other` is that of the second) the first becomes the second.
 */
export function PairCard({
  entity,
  other,
  pair,
}: {
  readonly entity: EntityDescription;
  readonly other: EntityDescription;
  readonly pair: DuplicatePair;
}) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const decide = useDecision(entity);
  const entities = [entity, other] as const;
  const titles = pair.records.map((record, place) => titleOf(entities[place] ?? entity, record));
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
          {pair.state === 'open' && entity === other && entity.mergeable ? (
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
          {pair.state === 'open' && entity !== other ? (
            <BecomeButtons entity={entity} other={other} pair={pair} />
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
                <AppLink to={paths.record((entities[place] ?? entity).plural, record.id)} target="_blank">
                  {titles[place] || '–'}
                </AppLink>
                {entity === other ? null : (
                  <span className={classes.kind}>{(entities[place] ?? entity).label.one}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shownRows(entity, other, pair).map((row) => (
            <tr key={row.label} data-alike={alikeness(pair, row)}>
              <th scope="row">{row.label}</th>
              {pair.records.map((record, place) => {
                const field = row.fields[place];
                return (
                  <td key={record.id}>
                    {field ? <FieldCell field={field} value={record[field.name]} record={record} /> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

/** What the first record can become, taking the second: a lead is converted into that contact. */
function BecomeButtons({
  entity,
  other,
  pair: {
    records: [one, two],
  },
}: {
  readonly entity: EntityDescription;
  readonly other: EntityDescription;
  readonly pair: DuplicatePair;
}) {
  const { t } = useTranslation();
  return entity.verbs.flatMap((verb) => {
    const section = verb.sections.find((each) => each.entity === other.name && each.takesExisting);
    if (!section || !one.can.verbs?.includes(verb.name)) return [];
    return [
      <Button
        key={verb.name}
        size="xs"
        component={AppLink}
        to={paths.verb(entity.plural, one.id, verb.name)}
        search={{ [section.name]: two.id }}
      >
        {t('duplicates.into', { act: verb.label })}
      </Button>,
    ];
  });
}

/** A line of the comparison: what says the same on both sides. */
interface Row {
  readonly label: string;
  readonly fields: readonly [FieldDescription, FieldDescription | undefined];
}

/** What is compared and what a list shows, as far as one of the two says something. */
function shownRows(entity: EntityDescription, other: EntityDescription, pair: DuplicatePair): readonly Row[] {
  const names = new Set([...entity.duplicateFields, ...entity.list.columns]);
  const across = entity.comparedWith.find((each) => each.entity === other.name);
  const otherNames = new Map(across?.fields ?? [...names].map((name) => [name, name] as const));
  return [...names].flatMap((name): readonly Row[] => {
    const field = fieldNamed(entity, name);
    if (!field) return [];
    const same = fieldNamed(other, otherNames.get(name) ?? (field.system ? name : ''));
    const [one, two] = pair.records;
    const isSaid = !isEmpty(one[name]) || (same !== undefined && !isEmpty(two[same.name]));
    return isSaid ? [{ label: field.label, fields: [field, same] }] : [];
  });
}

/** Whether a line speaks for the two being the same, or against it. */
function alikeness({ reasons }: DuplicatePair, { fields: [{ name }] }: Row): 'for' | 'against' | undefined {
  const reason = reasons.find(({ fields }) => fields.includes(name));
  if (!reason) return undefined;
  return reason.points > 0 ? 'for' : 'against';
}
