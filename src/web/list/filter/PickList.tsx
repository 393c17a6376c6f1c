import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './PickList.module.css';

/** Values to tick, with a line to narrow them by; nothing of it covers what stands below. */
export function PickList({
  options,
  picked,
  onChange,
  text,
  onText,
}: {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
  /** What was typed to narrow the options; null = there are few enough to see them all. */
  readonly text: string | null;
  readonly onText: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{t('list.value')}</legend>
      {text === null ? null : (
        <TextInput
          size="xs"
          mb={6}
          aria-label={t('values.search')}
          placeholder={t('values.search')}
          leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      )}
      <div className={classes.list}>
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            size="xs"
            className={classes.option}
            label={label}
            checked={picked.includes(value)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...picked, value] : picked.filter((other) => other !== value))
            }
          />
        ))}
        {options.length === 0 ? <p className={classes.nothing}>{t('values.nothing')}</p> : null}
      </div>
    </fieldset>
  );
}
