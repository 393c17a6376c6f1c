import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { labels } from '../lib/locale.ts';
import type { ReferenceValue } from '../model/record.ts';
import { type Choice, type InputProps, useFieldEditing } from './field-input.tsx';
import { useFieldView } from './field-view.tsx';
import { inputAttributes, listAttributes } from './input-attributes.tsx';
import { newOption, optionOf, RecordOptions } from './record-options.tsx';
import { useFoundRecords } from './use-found-records.browser.ts';

const clear = labels('Clear', 'Effacer', 'Vaciar');
const hidden = labels('Not visible to you', 'Non visible pour vous', 'No visible para usted');
const search = labels('Type to search', 'Saisir pour chercher', 'Escriba para buscar');

/** Finds one record by a few letters, or makes a new one. */
export function RecordPicker({
  entities,
  toValue,
  ...props
}: InputProps & {
  readonly entities: readonly string[];
  readonly toValue: (choice: Choice) => unknown;
}) {
  const { locale } = useFieldView();
  const { createRecord } = useFieldEditing();
  const [text, setText] = useState<string | null>(null);
  const combobox = useCombobox({
    defaultOpened: Boolean(props.autoFocus && props.compact),
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  const found = useFoundRecords(entities, text ?? '', combobox.dropdownOpened);
  const { selectFirstOption } = combobox;

  // Enter takes the first record found.
  useEffect(() => {
    if (text && found.choices.length > 0) selectFirstOption();
  }, [text, found.choices, selectFirstOption]);

  const value = (props.value ?? null) as ReferenceValue | null;
  const shown = value === null ? '' : (value.label ?? hidden[locale]);
  const attributes = inputAttributes(props);

  function take(choice: Choice): void {
    props.onChange(toValue(choice));
    setText(null);
    combobox.closeDropdown();
  }

  async function submit(option: string): Promise<void> {
    if (option.startsWith(newOption)) {
      combobox.closeDropdown();
      const made = await createRecord?.(option.slice(newOption.length), text ?? '');
      if (made) take(made);
      return;
    }
    const choice = found.choices.find((candidate) => optionOf(candidate) === option);
    if (choice) take(choice);
  }

  return (
    <Combobox
      store={combobox}
      attributes={listAttributes(props.field.label).attributes}
      onOptionSubmit={(option) => void submit(option)}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...attributes}
          placeholder={search[locale]}
          value={text ?? shown}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => {
            combobox.closeDropdown();
            setText(null);
            props.onBlur?.();
          }}
          rightSection={
            value !== null && !props.field.required && !props.disabled ? (
              <CloseButton
                size="sm"
                aria-label={clear[locale]}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  setText(null);
                  props.onChange(null);
                }}
              />
            ) : (
              <IconSelector size={16} stroke={1.7} aria-hidden className="r-muted" />
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <RecordOptions label={props.field.label} entities={entities} found={found} />
      </Combobox.Dropdown>
    </Combobox>
  );
}
