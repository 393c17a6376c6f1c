import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isReadable } from '../../expression/form-conditions.ts';
import type { EntityDescription } from '../../model/description.ts';
import { useConfirm } from '../app/confirm.tsx';
import { entityNamed, useDescription } from '../data/describe.ts';
import { useRemoveRecords } from '../data/records.ts';
import classes from './Admin.module.css';
import { type StoredRule, useSave, wholeQuery } from './admin-queries.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';
import { RowButton } from './RowButton.tsx';
import { RuleForm } from './RuleForm.tsx';
import { SetupList } from './SetupList.tsx';

/** The rules by which records are judged, as far as they aren't part of Rapport itself. */
export function Rules() {
  const rule = entityNamed(useDescription(), 'validation-rule');
  return <OnlyAdministrators>{rule ? <RuleList kind={rule} /> : null}</OnlyAdministrators>;
}

function RuleList({ kind }: { readonly kind: EntityDescription }) {
  const { t } = useTranslation();
  const description = useDescription();
  const confirm = useConfirm();
  const { data, error } = useQuery(wholeQuery<StoredRule>('validation-rules', 'position'));
  const [edited, setEdited] = useState<StoredRule | 'new' | null>(null);
  const save = useSave('validation-rules');
  const remove = useRemoveRecords(kind);
  const entities = description.entities.filter(({ system }) => !system);
  const stateOf = (rule: StoredRule): string => {
    if (!rule.active) return t('rules.inactive');
    return isReadable(description, rule.entity, rule.wrongWhen) ? t('rules.active') : t('rules.broken');
  };
  return (
    <SetupList
      title={t('rules.title')}
      add={t('rules.add')}
      onAdd={() => setEdited('new')}
      failures={[error, save.error, remove.error]}
      heads={[t('rules.name'), t('rules.entity'), t('rules.wrongWhen'), t('rules.state'), '']}
      empty={{ icon: IconShieldCheck, title: t('rules.nothing'), words: t('rules.nothingWords') }}
      rows={
        data?.map((rule) => (
          <tr key={rule.id} className={classes.row} data-inactive={!rule.active || undefined}>
            <td>
              <button type="button" className={classes.name} onClick={() => setEdited(rule)}>
                {rule.name}
              </button>
            </td>
            <td>{entityNamed(description, rule.entity)?.label.many ?? rule.entity}</td>
            <td>
              <code>{rule.wrongWhen}</code>
            </td>
            <td>{stateOf(rule)}</td>
            <td>
              <span className={classes.moves}>
                <RowButton
                  words={rule.active ? t('rules.switchOff') : t('rules.switchOn')}
                  onClick={() => save.mutate({ id: rule.id, version: rule.version, active: !rule.active })}
                />
                <RowButton
                  words={t('rules.remove')}
                  onClick={() =>
                    confirm({
                      title: t('rules.removeTitle', { name: rule.name }),
                      words: t('rules.removeWords'),
                      label: t('rules.remove'),
                      onConfirm: () => remove.mutate([rule.id]),
                    })
                  }
                />
              </span>
            </td>
          </tr>
        )) ?? null
      }
    >
      {edited ? (
        <RuleForm
          rule={edited === 'new' ? null : edited}
          entities={entities}
          last={data?.at(-1)?.position ?? 0}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </SetupList>
  );
}
