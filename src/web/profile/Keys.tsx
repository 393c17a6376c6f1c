import { Button, CopyButton, Group, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { keysQuery, useCreateKey, useRevokeKey } from '../data/account.ts';
import { useMe } from '../data/me.ts';
import classes from './Profile.module.css';

/** Keys for programs; a new one is shown in full once. */
export function Keys() {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const me = useMe();
  const confirm = useConfirm();
  const { data, error } = useQuery(keysQuery);
  const [name, setName] = useState('');
  const create = useCreateKey();
  const revoke = useRevokeKey();
  const wrong = mistakesByField(create.error);
  const when = (moment: string): string => formatMoment(locale, moment, timeZone);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    create.mutate(name.trim(), { onSuccess: () => setName('') });
  }

  return (
    <Panel title={t('profile.keys')} note={t('profile.keysWords')}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs" wrap="nowrap" mb="sm">
          <TextInput
            flex={1}
            maw={360}
            label={t('profile.keyName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong['name']}
          />
          <Button type="submit" variant="default" disabled={name.trim() === ''} loading={create.isPending}>
            {t('profile.createKey')}
          </Button>
        </Group>
      </form>
      {create.data ? (
        <Notice kind="success" title={t('profile.keyOnce')}>
          <code className={classes.secret}>{create.data.key}</code>
          <CopyButton value={create.data.key}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? t('common.copied') : t('common.copy')}
              </Button>
            )}
          </CopyButton>
        </Notice>
      ) : null}
      {[error, revoke.error].map((failure) =>
        failure ? <Notice key={failure.message}>{failure.message}</Notice> : null,
      )}
      {data ? (
        <ul className={classes.lines}>
          {data.items.length === 0 ? <li className="r-muted">{t('profile.noKeys')}</li> : null}
          {data.items.map((key) => (
            <li key={key.id}>
              <span>
                <strong>{key.name}</strong>
                <code className="r-muted">{key.prefix}…</code>
                {key.user.id === me.user.id ? null : <span className="r-muted">{key.user.label}</span>}
              </span>
              <span>
                <span className="r-muted">
                  {key.lastUsedAt
                    ? t('profile.lastUsed', { when: when(key.lastUsedAt) })
                    : t('profile.neverUsed')}
                </span>
                <Button
                  size="xs"
                  variant="subtle"
                  color="brick"
                  aria-label={`${t('profile.revoke')}: ${key.name}`}
                  onClick={() =>
                    confirm({
                      title: t('profile.revokeTitle', { name: key.name }),
                      words: t('profile.revokeWords'),
                      label: t('profile.revoke'),
                      onConfirm: () => revoke.mutate(key.id),
                    })
                  }
                >
                  {t('profile.revoke')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <Skeleton height={44} />
      )}
    </Panel>
  );
}
