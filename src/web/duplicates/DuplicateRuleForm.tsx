import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { useSave } from '../admin/admin-queries.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import { FormField } from '../form/FormField.tsx';
import { mistakesOf } from '../form/mistakes.ts';
import { type CriterionRow, thresholdName } from './duplicate-rule-data.ts';

/** Says what a criterion counts, or from how many points on two records may be the same. */
export function DuplicateRuleForm({
  kind,
  entity,
  row,
  title,
  onClose,
}: {
  readonly kind: EntityDescription;
  readonly entity: EntityDescription;
  readonly row: CriterionRow;
  readonly title: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const idPrefix = useId();
  const save = useSave(kind.plural);
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({
    points: row.points,
    against: row.against,
  });
  const names = row.criterion === thresholdName ? ['points'] : ['points', 'against'];
  const { fields: wrong } = mistakesOf(save.error, new Set(names));
  const standing = row.rules.at(-1);

  function submit(): void {
    const about = standing
      ? { id: standing.id, version: standing.version }
      : { entity: entity.name, criterion: row.criterion };
    save.mutate({ ...about, ...values }, { onSuccess: onClose });
  }

  return (
    <FormDialog
      title={title}
      button={t('common.save')}
      save={save}
      fields={names}
      onSubmit={submit}
      onClose={onClose}
    >
      {names.map((name) => {
        const field = kind.fields.find((each) => each.name === name);
        return field ? (
          <FormField
            key={name}
            id={`${idPrefix}-${name}`}
            field={
              row.criterion === thresholdName ? { ...field, help: t('duplicates.thresholdHelp') } : field
            }
            value={values[name]}
            onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
            mistake={wrong[name]}
            disabled={save.isPending}
          />
        ) : null;
      })}
    </FormDialog>
  );
}
