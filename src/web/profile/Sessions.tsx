import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { type Session, sessionsQuery, useEndSession, useSignOutEverywhere } from '../data/account.ts';
import { browserName } from './browser-name.ts';
import classes from './Profile.module.css';

/** Where one is signed in, and the way to end all of it. */
export function Sessions() {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const router = useRouter();
  const confirm = useConfirm();
  const { data, error } = useQuery(sessionsQuery);
  const leave = useSignOutEverywhere();
  const end = useEndSession();
  const nameOf = (session: Session): string => browserName(session.userAgent) ?? t('profile.unknownBrowser');

  return (
    <Panel
      title={t('profile.sessions')}
      note={t('profile.sessionsWords')}
      action={
        <Button
          variant="default"
          size="xs"
          loading={leave.isPending}
          onClick={() =>
            confirm({
              title: t('profile.signOutEverywhere'),
              words: t('profile.signOutEverywhereWords'),
              label: t('profile.signOutEverywhere'),
              onConfirm: () =>
                leave.mutate(undefined, { onSuccess: () => void router.navigate({ to: '/sign-in' }) }),
            })
          }
        >
          {t('profile.signOutEverywhere')}
        </Button>
      }
    >
      {[error, end.error].map((failure) =>
        failure ? <Notice key={failure.message}>{failure.message}</Notice> : null,
      )}
      {data ? (
        <ul className={classes.lines}>
          {data.items.map((session) => (
            <li key={session.id}>
              <span>
                <strong>{nameOf(session)}</strong>
                {session.current ? (
                  <span className="r-tone" style={{ '--tone': 178 } as React.CSSProperties}>
                    {t('profile.thisSession')}
                  </span>
                ) : null}
              </span>
              <span>
                <span className="r-muted">
                  {session.ip} ·{' '}
                  {t('profile.lastSeen', {
                    when: formatMoment(locale, session.lastSeenAt ?? session.createdAt, timeZone),
                  })}
                </span>
                {session.current ? null : (
                  <Button
                    size="xs"
                    variant="subtle"
                    color="brick"
                    aria-label={`${t('profile.endSession')}: ${nameOf(session)}`}
                    loading={end.isPending && end.variables === session.id}
                    onClick={() => end.mutate(session.id)}
                  >
                    {t('profile.endSession')}
                  </Button>
                )}
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
