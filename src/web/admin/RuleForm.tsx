import { Select, Switch, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describedScope } from '../../expression/described-scope.ts';
import { locales } from '../../lib/locale.ts';
import type { EntityDescription } from '../../model/description.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { useDescription } from '../data/describe.ts';
import { ExpressionEditor } from '../expression/ExpressionEditor.tsx';
import { FormDialog } from '../form/FormDialog.tsx';
import { currentLocale } from '../i18n/i18n.ts';
import { languageName } from '../i18n/regions.ts';
import classes from './Admin.module.css';
import { type StoredRule, useSave } from './admin-queries.ts';
import { RuleCheck } from './RuleCheck.tsx';

const messageField = { en: 'messageEn', fr: 'messageFr', es: 'messageEs' } as const;

/** Writes a validation rule: when records are wrong, and what is said then; tried before it is kept. */
export function RuleForm({
  rule,
  entities,
  last,
  onClose,
}: {
  readonly rule: StoredRule | null;
  /** Those whose records rules may judge. */
  readonly entities: readonly EntityDescription[];
  /** Position of the last rule, after which a new one stands. */
  readonly last: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const save = useSave('validation-rules');
  const [values, setValues] = useState({
    name: rule?.name ?? '',
    entity: rule?.entity ?? entities[0]?.name ?? '',
    wrongWhen: rule?.wrongWhen ?? '',
    field: rule?.field ?? '',
    messageEn: rule?.messageEn ?? '',
    messageFr: rule?.messageFr ?? '',
    messageEs: rule?.messageEs ?? '',
    active: rule?.active ?? true,
  });
  const [isTried, setTried] = useState(false);
  const wrong = mistakesByField(save.error);
  const entity = entities.find(({ name }) => name === values.entity);
  const scope = useMemo(() => {
    const described = describedScope(description, values.entity);
    return described && { ...described, change: true };
  }, [description, values.entity]);
  const set = (name: keyof typeof values, to: string | boolean | null): void =>
    setValues((before) => ({ ...before, [name]: to ?? '' }));

  function submit(): void {
    setTried(true);
    const more = rule ? { id: rule.id, version: rule.version } : { position: last + 10 };
    save.mutate({ ...values, ...more }, { onSuccess: onClose });
  }

  return (
    <FormDialog
      isWide
      title={rule ? t('rules.edit') : t('rules.add')}
      button={rule ? t('common.save') : t('common.add')}
      save={save}
      fields={Object.keys(values)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('rules.name')}
        data-autofocus
        value={values.name}
        onChange={(event) => set('name', event.currentTarget.value)}
        error={wrong['name']}
      />
      <Select
        label={t('rules.entity')}
        data={entities.map(({ name, label }) => ({ value: name, label: label.many }))}
        value={values.entity}
        onChange={(to) => set('entity', to)}
        allowDeselect={false}
        searchable
        error={wrong['entity']}
      />
      {scope && entity ? (
        <div>
          <div className={classes.label}>{t('rules.wrongWhen')}</div>
          <ExpressionEditor
            key={entity.name}
            scope={scope}
            value={values.wrongWhen}
            onChange={(text) => set('wrongWhen', text)}
            onSubmit={submit}
            label={t('rules.wrongWhen')}
            isInsisted={isTried}
          />
          {wrong['wrongWhen'] ? <div className={classes.wrong}>{wrong['wrongWhen']}</div> : null}
          <p className={classes.told}>{t('rules.wrongWhenHelp')}</p>
          <RuleCheck entity={entity} wrongWhen={values.wrongWhen} />
        </div>
      ) : null}
      <Select
        label={t('rules.field')}
        data={(entity?.fields ?? [])
          .filter(({ name, readOnly }) => !readOnly || name === values.field)
          .map(({ name, label }) => ({ value: name, label }))}
        value={values.field || null}
        onChange={(to) => set('field', to)}
        searchable
        error={wrong['field']}
      />
      {locales.map((locale) => (
        <TextInput
          key={locale}
          lang={locale}
          label={t('rules.messageIn', { language: languageName(currentLocale(), locale) })}
          description={locale === 'en' ? t('rules.messageHelp') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={values[messageField[locale]]}
          onChange={(event) => set(messageField[locale], event.currentTarget.value)}
          error={wrong[messageField[locale]]}
        />
      ))}
      <Switch
        label={t('rules.active')}
        checked={values.active}
        onChange={(event) => set('active', event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
