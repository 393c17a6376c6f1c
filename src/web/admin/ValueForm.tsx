import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toneNames } from '../../fields/value-badge.tsx';
import { locales } from '../../lib/locale.ts';
import type { ListDescription } from '../../model/description.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import { currentLocale } from '../i18n/i18n.ts';
import { languageName } from '../i18n/regions.ts';
import { type ListValue, useSave } from './admin-queries.ts';
import { codeFrom } from './code-from.ts';

const labelField = { en: 'labelEn', fr: 'labelFr', es: 'labelEs' } as const;

/** Adds a value to a list, or renames it in three languages. Its code is fixed from then on. */
export function ValueForm({
  list,
  value,
  last,
  onClose,
}: {
  readonly list: ListDescription;
  readonly value: ListValue | null;
  /** Position of the last value, after which a new one stands. */
  readonly last: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const save = useSave('base-values');
  const [code, setCode] = useState<string | null>(value?.code ?? null);
  const [values, setValues] = useState({
    labelEn: value?.labelEn ?? '',
    labelFr: value?.labelFr ?? '',
    labelEs: value?.labelEs ?? '',
    class: value?.class ?? list.classes[0]?.code ?? null,
    probability: value?.probability ?? '',
    color: value?.color ?? null,
  });
  const wrong = mistakesByField(save.error);
  const set = (name: keyof typeof values, to: string | null): void =>
    setValues((before) => ({ ...before, [name]: to }));

  function submit(): void {
    const { class: ofClass, probability, ...rest } = values;
    const own = {
      ...rest,
      ...(list.classes.length > 0 ? { class: ofClass } : {}),
      ...(list.hasProbability ? { probability: probability.replace(',', '.') || null } : {}),
    };
    const more = value
      ? { id: value.id, version: value.version }
      : { list: list.name, code: code ?? codeFrom(values.labelEn), position: last + 10, active: true };
    save.mutate({ ...own, ...more }, { onSuccess: onClose });
  }

  return (
    <FormDialog
      title={value ? t('admin.value.edit') : t('admin.value.add')}
      button={value ? t('common.save') : t('common.add')}
      save={save}
      fields={[
        ...Object.values(labelField),
        'code',
        'color',
        ...(list.classes.length > 0 ? ['class'] : []),
        ...(list.hasProbability ? ['probability'] : []),
      ]}
      onSubmit={submit}
      onClose={onClose}
    >
      {locales.map((locale, position) => (
        <TextInput
          key={locale}
          lang={locale}
          label={t('admin.value.labelIn', { language: languageName(currentLocale(), locale) })}
          data-autofocus={position === 0 || undefined}
          value={values[labelField[locale]]}
          onChange={(event) => set(labelField[locale], event.currentTarget.value)}
          error={wrong[labelField[locale]]}
        />
      ))}
      <TextInput
        label={t('admin.value.code')}
        description={t('admin.value.codeHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        readOnly={value !== null}
        value={code ?? codeFrom(values.labelEn)}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={wrong['code']}
      />
      {list.classes.length > 0 ? (
        <Select
          label={t('admin.value.class')}
          data={list.classes.map((one) => ({ value: one.code, label: one.label }))}
          value={values.class}
          onChange={(to) => set('class', to)}
          allowDeselect={false}
          error={wrong['class']}
        />
      ) : null}
      {list.hasProbability ? (
        <TextInput
          label={t('admin.value.probability')}
          inputMode="decimal"
          value={values.probability}
          onChange={(event) => set('probability', event.currentTarget.value)}
          error={wrong['probability']}
        />
      ) : null}
      <Select
        label={t('admin.value.color')}
        placeholder={t('common.none')}
        clearable
        data={toneNames.map((name) => ({ value: name, label: t(`admin.value.colors.${name}`) }))}
        value={toneNames.some((name) => name === values.color) ? values.color : null}
        onChange={(to) => set('color', to)}
        error={wrong['color']}
      />
    </FormDialog>
  );
}
