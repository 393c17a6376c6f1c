import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSettings,
  IconStack2,
  IconSun,
} from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '../../web-kit/ui/Face.tsx';
import { type ThemeChoice, useChangeMe, useMe } from '../data/me.ts';
import { useSignOut } from '../data/session.ts';
import { AppLink } from './AppLink.tsx';
import { paths } from './paths.ts';
import classes from './UserMenu.module.css';

const themes: readonly { readonly choice: ThemeChoice; readonly icon: typeof IconSun }[] = [
  { choice: 'light', icon: IconSun },
  { choice: 'dark', icon: IconMoon },
  { choice: 'auto', icon: IconDeviceDesktop },
];

/** Oneself: profile, colours, leaving. */
export function UserMenu() {
  const { t } = useTranslation();
  const { user } = useMe();
  const change = useChangeMe();
  const signOut = useSignOut();
  const router = useRouter();

  return (
    <Menu position="top-start" width={232} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <Face name={user.name} />
          <span className={classes.name}>{user.name}</span>
          <IconSelector size={16} stroke={1.7} aria-hidden className="r-muted" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.email}>{user.email}</div>
        <Menu.Item
          leftSection={<IconSettings size={16} stroke={1.7} />}
          component={AppLink}
          to={paths.profile}
        >
          {t('profile.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconStack2 size={16} stroke={1.7} />}
          component={AppLink}
          to={paths.bulkRuns}
        >
          {t('bulk.runs')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('profile.theme')}</Menu.Label>
        {themes.map(({ choice, icon: Picture }) => (
          <Menu.Item
            key={choice}
            leftSection={<Picture size={16} stroke={1.7} />}
            rightSection={
              user.theme === choice ? <IconCheck size={16} aria-label={t('common.chosen')} /> : null
            }
            onClick={() => change.mutate({ theme: choice })}
            closeMenuOnClick={false}
          >
            {t(`profile.themes.${choice}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.7} />}
          onClick={() =>
            signOut.mutate(undefined, { onSuccess: () => void router.navigate({ to: '/sign-in' }) })
          }
        >
          {t('session.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
