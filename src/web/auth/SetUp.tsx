import { Button, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLocale, locales } from '../../lib/locale.ts';
import { ApiProblem, mistakesByField, Unreachable } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { api } from '../data/api.ts';
import { useSetUp } from '../data/session.ts';
import { changeLocale, currentLocale } from '../i18n/i18n.ts';
import { currencyOptions, ownTimeZone, timeZones } from '../i18n/regions.ts';
import { AuthPage } from './AuthPage.tsx';

/** Creates a workspace's administrator, once, for who holds the link printed at the first start. */
export function SetUp() {
  const { t } = useTranslation();
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
  const { data } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api.get<{ needed: boolean }>('/setup', {}, signal),
  });

  if (data?.needed === false || token === '') {
    return (
      <AuthPage>
        <Stack gap="md">
          <Notice kind="info">{data?.needed === false ? t('setup.closed') : t('setup.noToken')}</Notice>
          <Button component={AppLink} to={paths.signIn} variant="default">
            {t('session.signIn')}
          </Button>
        </Stack>
      </AuthPage>
    );
  }
  return (
    <AuthPage isWide>
      <h1>{t('setup.title')}</h1>
      <p>{t('setup.words')}</p>
      <SetUpForm token={token} />
    </AuthPage>
  );
}

function SetUpForm({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const router = useRouter();
  const setUp = useSetUp();
  const locale = currentLocale();
  const [values, setValues] = useState({
    name: '',
    email: '',
    password: '',
    company: '',
    timeZone: ownTimeZone(),
    currency: locale === 'en' ? 'USD' : 'EUR',
  });
  const wrong = mistakesByField(setUp.error);
  const set = (name: keyof typeof values) => (value: string | null) =>
    setValues((before) => ({ ...before, [name]: value ?? '' }));

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setUp.mutate(
      { token, locale, ...values },
      { onSuccess: () => void router.navigate({ to: '/', replace: true }) },
    );
  }

  const text = (name: 'name' | 'email' | 'company') => ({
    value: values[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set(name)(event.currentTarget.value),
    error: wrong[name],
    required: true,
    withAsterisk: false,
  });
  const isTold = setUp.error instanceof ApiProblem && setUp.error.mistakes.length > 0;

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {setUp.error && !(isTold && !wrong['token']) ? (
          <Notice title={setUp.error instanceof Unreachable ? t('connection.title') : setUp.error.message} />
        ) : null}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput label={t('setup.name')} autoComplete="name" autoFocus {...text('name')} />
          <TextInput label={t('setup.company')} autoComplete="organization" {...text('company')} />
          <TextInput label={t('setup.email')} type="email" autoComplete="username" {...text('email')} />
          <PasswordInput
            label={t('setup.password')}
            description={wrong['password'] ? null : t('setup.passwordHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            required
            withAsterisk={false}
            value={values.password}
            onChange={(event) => set('password')(event.currentTarget.value)}
            error={wrong['password']}
          />
          <Select
            label={t('setup.language')}
            data={locales.map((code) => ({ value: code, label: t(`languages.${code}`) }))}
            value={locale}
            onChange={(code) => isLocale(code) && void changeLocale(code)}
            allowDeselect={false}
            error={wrong['locale']}
          />
          <Select
            label={t('setup.currency')}
            description={t('setup.currencyHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={currencyOptions(locale)}
            value={values.currency}
            onChange={set('currency')}
            searchable
            allowDeselect={false}
            error={wrong['currency']}
          />
        </SimpleGrid>
        <Select
          label={t('setup.timeZone')}
          data={timeZones()}
          value={values.timeZone}
          onChange={set('timeZone')}
          searchable
          allowDeselect={false}
          error={wrong['timeZone']}
        />
        <Button type="submit" size="md" mt="xs" loading={setUp.isPending}>
          {t('setup.submit')}
        </Button>
      </Stack>
    </form>
  );
}
