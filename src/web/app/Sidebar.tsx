import { Kbd, UnstyledButton } from '@mantine/core';
import {
  IconCopy,
  IconFileImport,
  IconHash,
  IconListDetails,
  IconLock,
  IconRuler2,
  IconSearch,
  IconShieldCheck,
  IconUsers,
  IconUsersGroup,
  IconZoom,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../web-kit/ui/Logo.tsx';
import { isDeclaring, useDescription } from '../data/describe.ts';
import { isAdministrator, useMe } from '../data/me.ts';
import { PinnedViews } from '../views/PinnedViews.tsx';
import { entityIcon } from './icons.ts';
import { NavigationLink } from './NavigationLink.tsx';
import { paths } from './paths.ts';
import classes from './Sidebar.module.css';
import { UserMenu } from './UserMenu.tsx';

const searchKeys = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

/** The navigation of wide screens: search, the entities of the business, administration, oneself. */
export function Sidebar({ onSearch }: { readonly onSearch: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { entities } = useDescription();
  const shown = entities.filter((entity) => entity.navigation);
  // What administrators declare: their lists and forms are those of any entity.
  const declared = entities.filter(isDeclaring);
  const mayImport = entities.some((entity) => entity.importable && entity.can.import);

  return (
    <aside className={classes.sidebar}>
      <div className={classes.brand}>
        <Logo size={28} />
        <div className={classes.names}>
          <span className={classes.product}>Rapport</span>
          {me.workspace.company ? <span className={classes.company}>{me.workspace.company}</span> : null}
        </div>
      </div>
      <UnstyledButton className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K /">
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span>{t('search.open')}</span>
        <Kbd className={classes.keys} aria-hidden>
          {searchKeys}
        </Kbd>
      </UnstyledButton>
      <nav className={classes.navigation} aria-label={t('shell.navigation')}>
        {shown.map((entity) => (
          <NavigationLink key={entity.name} to={paths.list(entity.plural)} icon={entityIcon(entity.icon)}>
            {entity.label.many}
          </NavigationLink>
        ))}
        {mayImport ? (
          <NavigationLink to={paths.imports} icon={IconFileImport}>
            {t('shell.import')}
          </NavigationLink>
        ) : null}
        <PinnedViews headingClass={classes.heading} />
        {me.user.special.includes('manage-lists') && !isAdministrator(me) ? (
          <NavigationLink to={paths.lists} icon={IconListDetails}>
            {t('admin.lists')}
          </NavigationLink>
        ) : null}
        {me.user.special.includes('manage-users') && !isAdministrator(me) ? (
          <NavigationLink to={paths.users} icon={IconUsers}>
            {t('admin.users')}
          </NavigationLink>
        ) : null}
        {isAdministrator(me) ? (
          <>
            <h2 className={classes.heading}>{t('shell.administration')}</h2>
            <NavigationLink to={paths.users} icon={IconUsers}>
              {t('admin.users')}
            </NavigationLink>
            <NavigationLink to={paths.teams} icon={IconUsersGroup}>
              {t('admin.teams')}
            </NavigationLink>
            <NavigationLink to={paths.roles} icon={IconLock}>
              {t('access.roles')}
            </NavigationLink>
            <NavigationLink to={paths.lists} icon={IconListDetails}>
              {t('admin.lists')}
            </NavigationLink>
            <NavigationLink to={paths.numbers} icon={IconHash}>
              {t('admin.numbers')}
            </NavigationLink>
            <NavigationLink to={paths.rules} icon={IconRuler2}>
              {t('rules.title')}
            </NavigationLink>
            <NavigationLink to={paths.duplicateRules} icon={IconCopy}>
              {t('duplicates.rulesLink')}
            </NavigationLink>
            <NavigationLink to={paths.searchIndex} icon={IconZoom}>
              {t('admin.search.title')}
            </NavigationLink>
            {declared.map((entity) => (
              <NavigationLink key={entity.name} to={paths.list(entity.plural)} icon={entityIcon(entity.icon)}>
                {entity.label.many}
              </NavigationLink>
            ))}
            <NavigationLink to={paths.list('security-events')} icon={IconShieldCheck}>
              {t('exports.log')}
            </NavigationLink>
          </>
        ) : null}
      </nav>
      <UserMenu />
    </aside>
  );
}
