import { Modal } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, type FieldEditing, FieldEditingProvider } from '../../fields/field-input.tsx';
import type { EntityDescription } from '../../model/description.ts';
import { entityNamed, fieldNamed, titleOf, useDescription } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { CreateForm } from './CreateForm.tsx';
import { findChoices } from './find-choices.ts';
import { prefilled } from './new-draft.ts';

interface Asked {
  readonly entity: EntityDescription;
  readonly title: string;
  readonly answer: (choice: Choice | null) => void;
}

/** Lends the inputs below it the search for records, the workspace's currency and a dialog for a new record. */
export function EditingProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const description = useDescription();
  const { workspace } = useMe();
  const [asked, setAsked] = useState<Asked | null>(null);

  const editing = useMemo<FieldEditing>(() => {
    const creatable = (name: string): EntityDescription | undefined => {
      const entity = entityNamed(description, name);
      return entity && !entity.system && entity.can.create ? entity : undefined;
    };
    return {
      currency: workspace.currency,
      findRecords: (names, text, signal) => findChoices(description, names, text, signal),
      newLabel: (name) => {
        const entity = creatable(name);
        return entity ? t('list.newOne', { entity: entity.label.one }) : null;
      },
      createRecord: (name, title) =>
        new Promise((answer) => {
          const entity = creatable(name);
          if (entity) setAsked({ entity, title, answer });
          else answer(null);
        }),
    };
  }, [description, workspace.currency, t]);

  function close(choice: Choice | null): void {
    asked?.answer(choice);
    setAsked(null);
  }

  return (
    <FieldEditingProvider value={editing}>
      {children}
      <Modal
        opened={asked !== null}
        onClose={() => close(null)}
        closeOnClickOutside={false}
        closeOnEscape={false}
        size="xl"
        title={asked ? t('list.newOne', { entity: asked.entity.label.one }) : ''}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {asked ? (
          <EditingProvider>
            <CreateForm
              entity={asked.entity}
              prefill={titled(asked)}
              onCancel={() => close(null)}
              onUse={({ id, label }) =>
                close({ entity: asked.entity.name, id, label: label ?? '', detail: null })
              }
              onCreated={(record) =>
                close({
                  entity: asked.entity.name,
                  id: record.id,
                  label: titleOf(asked.entity, record),
                  detail: null,
                })
              }
            />
          </EditingProvider>
        ) : null}
      </Modal>
    </FieldEditingProvider>
  );
}

function titled({ entity, title }: Asked): Record<string, unknown> {
  const field = fieldNamed(entity, entity.title);
  return field && title.trim() ? { [field.name]: prefilled(field, title) } : {};
}
