import { Button, Group, Input, SegmentedControl, Select, SimpleGrid, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLocale, locales } from '../../lib/locale.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { tell } from '../app/tell.ts';
import { type ThemeChoice, useChangeMe, useMe } from '../data/me.ts';
import { timeZones } from '../i18n/regions.ts';

const themes: readonly ThemeChoice[] = ['light', 'dark', 'auto'];

/** Name, language, zone and colours; the last three change at once. */
export function AboutMe() {
  const { t } = useTranslation();
  const { user } = useMe();
  const [name, setName] = useState(user.name);
  const change = useChangeMe();
  const wrong = mistakesByField(change.error);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    change.mutate({ name: name.trim() }, { onSuccess: () => tell(t('common.saved')) });
  }

  return (
    <Panel title={t('profile.about')}>
      {change.error && Object.keys(wrong).length === 0 ? <Notice>{change.error.message}</Notice> : null}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
        <form onSubmit={submit}>
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              label={t('profile.name')}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={wrong['name']}
            />
            <Button
              type="submit"
              variant="default"
              disabled={name.trim() === user.name}
              loading={change.isPending}
            >
              {t('common.save')}
            </Button>
          </Group>
        </form>
        <TextInput label={t('profile.email')} title={t('profile.emailHelp')} value={user.email} readOnly />
        <Select
          label={t('profile.language')}
          data={locales.map((code) => ({ value: code, label: t(`languages.${code}`) }))}
          value={user.locale}
          onChange={(code) => isLocale(code) && change.mutate({ locale: code })}
          allowDeselect={false}
        />
        <Select
          label={t('profile.timeZone')}
          data={timeZones()}
          value={user.timeZone}
          onChange={(timeZone) => timeZone && change.mutate({ timeZone })}
          searchable
          allowDeselect={false}
          error={wrong['timeZone']}
        />
        <Input.Wrapper label={t('profile.theme')} labelElement="div">
          <div>
            <SegmentedControl
              size="sm"
              aria-label={t('profile.theme')}
              value={user.theme}
              onChange={(theme) => change.mutate({ theme: theme })}
              data={themes.map((theme) => ({ value: theme, label: t(`profile.themes.${theme}`) }))}
            />
          </div>
        </Input.Wrapper>
      </SimpleGrid>
    </Panel>
  );
}
