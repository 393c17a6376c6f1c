import { Button, Stack } from '@mantine/core';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import adminClasses from '../admin/Admin.module.css';
import { useSave } from '../admin/admin-queries.ts';
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
  const { fields: wrong, others } = mistakesOf(save.error, new Set(names));
  const standing = row.rules.at(-1);

  function submit(): void {
    if (save.isPending) return;
    const about = standing
      ? { id: standing.id, version: standing.version }
      : { entity: entity.name, criterion: row.criterion };
    save.mutate({ ...about, ...values }, { onSuccess: onClose });
  }

  return (
    <Dialog
      onClose={onClose}
      closeOnClickOutside={false}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {others.map((words) => (
            <Notice key={words}>{words}</Notice>
          ))}
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
        </Stack>
        <div className={adminClasses['buttons']}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
