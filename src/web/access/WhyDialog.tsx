import { Badge, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessAnswer } from '../../model/access-why.ts';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { type Named, wholeQuery } from '../admin/admin-queries.ts';
import { useRoleName } from '../admin/use-roles.ts';
import { mayExplainAccess, useMe } from '../data/me.ts';
import { whyQuery } from './access-queries.ts';
import classes from './WhyDialog.module.css';

/** What a person may do with a record, and which of their roles says so; others than oneself take a special right. */
export function WhyDialog({
  entity,
  record,
  onClose,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const asksOthers = mayExplainAccess(me);
  const [user, setUser] = useState(me.user.id);
  const { data: people = [] } = useQuery({ ...wholeQuery<Named>('users', 'name'), enabled: asksOthers });
  const { data, error } = useQuery(whyQuery(entity.plural, record.id, user));

  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={t('access.why')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {asksOthers ? (
        <Select
          label={t('access.person')}
          description={t('access.whyWords')}
          searchable
          allowDeselect={false}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={user}
          onChange={(id) => id && setUser(id)}
          comboboxProps={{ withinPortal: false }}
        />
      ) : null}
      {error ? <Notice>{error.message}</Notice> : null}
      {data ? <Answer answer={data} /> : error ? null : <Skeleton height={160} mt="md" />}
    </Dialog>
  );
}

function Answer({ answer }: { readonly answer: AccessAnswer }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  return (
    <div aria-live="polite">
      {answer.isActive ? null : <Notice kind="info">{t('access.inactive')}</Notice>}
      <dl className={classes.answers} aria-label={answer.user.label}>
        {answer.actions.map(({ action, label, allowed, because }) => (
          <div key={action} className={classes.action}>
            <dt>
              {label}
              <Badge
                color={allowed ? 'green' : 'gray'}
                variant="light"
                classNames={{ label: classes.answer ?? '' }}
              >
                {t(allowed ? 'access.yes' : 'access.no')}
              </Badge>
            </dt>
            {because.map((reason) => (
              <dd key={`${reason.role}${reason.from}`} data-holds={reason.holds || undefined}>
                {reason.role ? (
                  <strong>
                    {nameOf(reason.role)}
                    {reason.from === 'administrator' ? '' : ` (${t(`access.from.${reason.from}`)})`}:{' '}
                  </strong>
                ) : null}
                {reason.reason}
                {reason.condition?.text ? (
                  <code className={classes.text}>{reason.condition.text}</code>
                ) : null}
              </dd>
            ))}
          </div>
        ))}
      </dl>
      {answer.fields.length > 0 ? (
        <>
          <h3 className={classes.heading}>{t('access.narrowed')}</h3>
          <ul className={classes.fields}>
            {answer.fields.map(({ field, label, read }) => (
              <li key={field}>
                {label}: {t(read ? 'access.seenOnly' : 'access.unseen')}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
