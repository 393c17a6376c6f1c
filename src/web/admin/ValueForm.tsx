import { Button, Select, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toneNames } from '../../fields/value-badge.tsx';
import { locales } from '../../lib/locale.ts';
import type { ListDescription } from '../../model/description.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { currentLocale } from '../i18n/i18n.ts';
import { languageName } from '../i18n/regions.ts';
import classes from './Admin.module.css';
import { type ListValue, useSave } from './admin-queries.ts';

const labelField = { en: 'labelEn', fr: 'labelFr', es: 'labelEs' } as const;

/** A code that programs can write: small letters, digits and hyphens of the English name. */
const codeFrom = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);

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

  function submit(event: SubmitEvent): void {
    event.preventDefault();
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
    <Dialog
      onClose={onClose}
      title={value ? t('admin.value.edit') : t('admin.value.add')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {save.error && Object.keys(wrong).length === 0 ? <Notice>{save.error.message}</Notice> : null}
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
        </Stack>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {value ? t('common.save') : t('common.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
