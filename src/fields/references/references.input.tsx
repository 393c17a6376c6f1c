import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { labels } from '../../lib/locale.ts';
import type { ReferenceValue } from '../../model/record.ts';
import { type Choice, type InputProps, useFieldEditing } from '../field-input.tsx';
import { useFieldView } from '../field-view.tsx';
import { inputAttributes, listAttributes } from '../input-attributes.tsx';
import { newOption, optionOf, RecordOptions } from '../record-options.tsx';
import { useFoundRecords } from '../use-found-records.browser.ts';

const hidden = labels('Not visible to you', 'Non visible pour vous', 'No visible para usted');
const search = labels('Type to search', 'Saisir pour chercher', 'Escriba para buscar');
const remove = labels('Remove', 'Retirer', 'Quitar');

/** Several records, found one after the other; Backspace takes the last one away. */
export function Input(props: InputProps) {
  const { locale } = useFieldView();
  const { createRecord } = useFieldEditing();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useFoundRecords(props.field.to, text, combobox.dropdownOpened);
  const chosen = Array.isArray(props.value) ? (props.value as readonly ReferenceValue[]) : [];
  const {
    id,
    autoFocus: _autoFocus,
    autoComplete,
    required: _required,
    inputContainer,
    ...shared
  } = inputAttributes(props);

  const set = (next: readonly ReferenceValue[]): void => props.onChange(next);
  const add = ({ id: chosenId, label }: Choice): void => {
    set([...chosen, { id: chosenId, label }]);
    setText('');
  };

  async function submit(option: string): Promise<void> {
    const entity = option.startsWith(newOption) ? option.slice(newOption.length) : null;
    const choice = found.choices.find((candidate) => optionOf(candidate) === option);
    const taken = entity === null ? choice : await createRecord?.(entity, text);
    if (taken) add(taken);
  }

  return (
    <Combobox
      store={combobox}
      attributes={listAttributes(props.field.label).attributes}
      onOptionSubmit={(option) => void submit(option)}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          {...shared}
          id={id}
          {...(inputContainer ? { inputContainer } : {})}
          onClick={() => combobox.openDropdown()}
        >
          <Pill.Group>
            {chosen.map((one) => (
              <Pill
                key={one.id}
                withRemoveButton
                removeButtonProps={{ 'aria-label': `${remove[locale]} ${one.label ?? ''}`.trim() }}
                onRemove={() => set(chosen.filter((other) => other.id !== one.id))}
              >
                {one.label ?? hidden[locale]}
              </Pill>
            ))}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                autoComplete={autoComplete}
                placeholder={chosen.length === 0 ? search[locale] : ''}
                autoFocus={props.autoFocus ?? false}
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  combobox.openDropdown();
                }}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => {
                  combobox.closeDropdown();
                  setText('');
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' && text === '' && chosen.length > 0) set(chosen.slice(0, -1));
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <RecordOptions
          label={props.field.label}
          entities={props.field.to}
          found={found}
          taken={chosen.map((one) => one.id)}
        />
      </Combobox.Dropdown>
    </Combobox>
  );
}
