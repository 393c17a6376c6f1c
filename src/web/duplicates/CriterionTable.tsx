import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';
import { useRemoveRecords } from '../data/records.ts';
import { DuplicateRuleForm } from './DuplicateRuleForm.tsx';
import classes from './DuplicateRules.module.css';
import { type CriterionRow, criterionRows, type DuplicateRule } from './duplicate-rule-data.ts';

/** What the records of an entity are compared by, and what each of it counts. */
export function CriterionTable({
  kind,
  entity,
  rules,
}: {
  /** The entity of the rules themselves. */
  readonly kind: EntityDescription;
  readonly entity: EntityDescription;
  readonly rules: readonly DuplicateRule[];
}) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<CriterionRow | null>(null);
  const remove = useRemoveRecords(kind);
  const nameOf = ({ compared }: CriterionRow): string => compared ?? t('duplicates.threshold');
  const heads = ['comparedBy', 'how', 'points', 'against'] as const;
  return (
    <>
      {remove.error ? <Notice>{remove.error.message}</Notice> : null}
      <Table label={entity.label.many} heads={[...heads.map((head) => t(`duplicates.head.${head}`)), '']}>
        {criterionRows(entity, rules).map((row) => (
          <tr key={row.criterion} className={row.points === 0 ? classes.off : undefined}>
            <td>{nameOf(row)}</td>
            <td>{row.how ? t(`duplicates.how.${row.how}`) : null}</td>
            <td className="r-figures">
              <Count now={row.points} delivered={row.delivered.points} sign={row.how ? '+' : ''} />
            </td>
            <td className="r-figures">
              {row.how ? <Count now={row.against} delivered={row.delivered.against} sign="−" /> : null}
            </td>
            <td>
              <span className={classes.acts}>
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  aria-label={t('duplicates.changeOne', { name: nameOf(row) })}
                  onClick={() => setEdited(row)}
                >
                  {t('common.change')}
                </Button>
                {row.rules.length > 0 ? (
                  <Button
                    size="xs"
                    variant="subtle"
                    color="gray"
                    loading={remove.isPending}
                    aria-label={t('duplicates.resetOne', { name: nameOf(row) })}
                    onClick={() => remove.mutate(row.rules.map(({ id }) => id))}
                  >
                    {t('duplicates.reset')}
                  </Button>
                ) : null}
              </span>
            </td>
          </tr>
        ))}
      </Table>
      {edited ? (
        <DuplicateRuleForm
          kind={kind}
          entity={entity}
          row={edited}
          title={`${entity.label.many} – ${nameOf(edited)}`}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}

/** What counts now, and as delivered where that is something else. */
function Count({
  now,
  delivered,
  sign,
}: {
  readonly now: number;
  readonly delivered: number;
  /** What is added when it is the same, taken away when it isn’t, or needed: a phone shows no heads. */
  readonly sign: '+' | '−' | '';
}) {
  const { t } = useTranslation();
  const signed = (count: number): string => (count === 0 ? '0' : `${sign}${count}`);
  return (
    <>
      {now === 0 && sign === '+' ? t('duplicates.off') : signed(now)}
      {now === delivered ? null : (
        <span className={classes.delivered}>{t('duplicates.delivered', { points: signed(delivered) })}</span>
      )}
    </>
  );
}
