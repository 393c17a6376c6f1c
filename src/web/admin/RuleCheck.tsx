import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { RecordLink } from '../app/RecordLink.tsx';
import { api } from '../data/api.ts';
import classes from './Admin.module.css';

interface Wrong {
  readonly count: number | null;
  readonly bound: number;
  readonly examples: readonly { readonly id: string; readonly label: string | null }[];
}

/** Tells how many of the records there are a rule would refuse, with some of them to look at. */
export function RuleCheck({
  entity,
  wrongWhen,
}: {
  readonly entity: EntityDescription;
  readonly wrongWhen: string;
}) {
  const { t } = useTranslation();
  const asked = `${entity.name}\n${wrongWhen}`;
  const check = useMutation({
    mutationFn: async (of: string) => ({
      of,
      wrong: await api.post<Wrong>('/validation-rules/check', { entity: entity.name, wrongWhen }),
    }),
  });
  const wrong = check.data?.of === asked ? check.data.wrong : null;
  return (
    <div>
      <Button
        size="xs"
        variant="default"
        disabled={wrongWhen.trim() === ''}
        loading={check.isPending}
        onClick={() => check.mutate(asked)}
      >
        {t('rules.check')}
      </Button>
      <div role="status" className={classes.told}>
        {check.error && !check.isPending ? <Notice>{check.error.message}</Notice> : null}
        {wrong ? (
          <>
            <p>
              {wrong.count === null
                ? t('rules.many', { count: wrong.bound })
                : wrong.count === 0
                  ? t('rules.none')
                  : t('rules.some', { count: wrong.count })}
            </p>
            <ul className={classes.examples}>
              {wrong.examples.map(({ id, label }) => (
                <li key={id}>
                  <RecordLink entity={entity.name} id={id}>
                    {label ?? id}
                  </RecordLink>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </div>
  );
}
