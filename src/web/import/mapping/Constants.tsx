import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportDraft, ImportMapping, ImportTarget } from '../../../model/import.ts';
import { Panel } from '../../../web-kit/ui/Panel.tsx';
import classes from './Constants.module.css';
import { constantId, withOption } from './mapping-edit.ts';
import type { MappingMistakes } from './mapping-mistakes.ts';
import { TargetSelect } from './TargetSelect.tsx';
import type { MappingEdit } from './use-mapping.ts';

type Constant = NonNullable<ImportMapping['constants']>[number];

/** Values that every row gets, for what the file doesn't say. */
export function Constants({
  draft,
  edit: { mapping, change },
  mistakes,
}: {
  readonly draft: ImportDraft;
  readonly edit: MappingEdit;
  readonly mistakes: MappingMistakes;
}) {
  const { t } = useTranslation();
  const constants = mapping.constants ?? [];
  const offered = draft.targets.filter(({ kind }) => kind !== 'key' && kind !== 'link');
  const isFree = (target: ImportTarget): boolean => !constants.some(({ to }) => to === target.to);
  const set = (next: readonly Constant[]): void =>
    change((before) => withOption(before, 'constants', next.length > 0 ? next : undefined));
  const replace = (position: number, constant: Constant): void =>
    set(constants.map((known, at) => (at === position ? constant : known)));

  return (
    <Panel title={t('imports.map.constantsTitle')} note={t('imports.map.constantsWords')}>
      <ul className={classes.constants}>
        {constants.map((constant, position) => {
          const target = offered.find(({ to }) => to === constant.to);
          const field = target?.label ?? constant.to;
          const wrong = mistakes.constants
            .get(position)
            ?.map(({ message }) => message)
            .join(' ');
          return (
            <li key={constant.to} className={classes.constant}>
              <TargetSelect
                label={t('imports.map.constantField')}
                targets={offered.filter((each) => isFree(each) || each.to === constant.to)}
                value={constant.to}
                isOptional={false}
                onChange={(to) => {
                  if (to) replace(position, { to, value: '' });
                }}
              />
              <ConstantValue
                id={constantId(constant.to)}
                label={t('imports.map.constantOf', { field })}
                target={target}
                value={constant.value}
                error={wrong}
                onChange={(value) => replace(position, { to: constant.to, value })}
              />
              <ActionIcon
                aria-label={t('imports.map.removeConstant', { field })}
                size={36}
                onClick={() => set(constants.filter((_, at) => at !== position))}
              >
                <IconTrash size={17} stroke={1.7} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
        onClick={() => {
          const first = offered.find(isFree);
          if (first) set([...constants, { to: first.to, value: '' }]);
        }}
      >
        {t('imports.map.addConstant')}
      </Button>
    </Panel>
  );
}

function ConstantValue({
  id,
  label,
  target,
  value,
  error,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly target: ImportTarget | undefined;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const choices =
    target?.type === 'checkbox'
      ? [
          { value: 'true', label: t('imports.map.yes') },
          { value: 'false', label: t('imports.map.no') },
        ]
      : target?.values.map((each) => ({ value: each.code, label: each.label }));
  if (choices && choices.length > 0) {
    return (
      <Select
        id={id}
        aria-label={label}
        placeholder={t('imports.map.constantValue')}
        data={choices}
        value={value || null}
        error={error}
        searchable={choices.length > 8}
        allowDeselect={false}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      id={id}
      aria-label={label}
      placeholder={target?.type === 'date' ? '2026-12-31' : t('imports.map.constantValue')}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
