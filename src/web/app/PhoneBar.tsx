import { Drawer, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCopy,
  IconFileImport,
  IconHash,
  IconListDetails,
  IconLock,
  IconMenu2,
  IconRuler2,
  IconSearch,
  IconShieldCheck,
  IconUsers,
  IconUsersGroup,
  IconZoom,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isDeclaring, useDescription } from '../data/describe.ts';
import { isAdministrator, useMe } from '../data/me.ts';
import { entityIcon } from './icons.ts';
import { NavigationLink } from './NavigationLink.tsx';
import classes from './PhoneBar.module.css';
import { paths } from './paths.ts';
import { UserMenu } from './UserMenu.tsx';

const direct = 3;

/** The navigation of narrow screens: the first entities and search at the thumb, the rest in a drawer. */
export function PhoneBar({ onSearch }: { readonly onSearch: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { entities } = useDescription();
  const [isOpen, { open, close }] = useDisclosure();
  const shown = entities.filter((entity) => entity.navigation);
  const declared = entities.filter(isDeclaring);
  const mayImport = entities.some((entity) => entity.importable && entity.can.import);

  return (
    <>
      <nav className={classes.bar} aria-label={t('shell.navigation')}>
        {shown.slice(0, direct).map((entity) => {
          const Picture = entityIcon(entity.icon);
          return (
            <Link
              key={entity.name}
              to={paths.list(entity.plural) as '/'}
              search={{} as never}
              activeOptions={{ includeSearch: false }}
              className={classes.item ?? ''}
            >
              <Picture size={22} stroke={1.6} aria-hidden />
              <span className="r-ellipsis">{entity.label.many}</span>
            </Link>
          );
        })}
        <UnstyledButton className={classes.item} onClick={onSearch}>
          <IconSearch size={22} stroke={1.6} aria-hidden />
          <span>{t('search.short')}</span>
        </UnstyledButton>
        <UnstyledButton className={classes.item} onClick={open} aria-haspopup="dialog" aria-expanded={isOpen}>
          <IconMenu2 size={22} stroke={1.6} aria-hidden />
          <span>{t('shell.more')}</span>
        </UnstyledButton>
      </nav>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="right"
        size="min(84vw, 340px)"
        title="Rapport"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <nav className={classes.rest} aria-label={t('shell.more')}>
          {shown.map((entity) => (
            <NavigationLink
              key={entity.name}
              to={paths.list(entity.plural)}
              icon={entityIcon(entity.icon)}
              onClick={close}
            >
              {entity.label.many}
            </NavigationLink>
          ))}
          {mayImport ? (
            <NavigationLink to={paths.imports} icon={IconFileImport} onClick={close}>
              {t('shell.import')}
            </NavigationLink>
          ) : null}
          {me.user.special.includes('manage-lists') && !isAdministrator(me) ? (
            <NavigationLink to={paths.lists} icon={IconListDetails} onClick={close}>
              {t('admin.lists')}
            </NavigationLink>
          ) : null}
          {me.user.special.includes('manage-users') && !isAdministrator(me) ? (
            <NavigationLink to={paths.users} icon={IconUsers} onClick={close}>
              {t('admin.users')}
            </NavigationLink>
          ) : null}
          {isAdministrator(me) ? (
            <>
              <NavigationLink to={paths.users} icon={IconUsers} onClick={close}>
                {t('admin.users')}
              </NavigationLink>
              <NavigationLink to={paths.teams} icon={IconUsersGroup} onClick={close}>
                {t('admin.teams')}
              </NavigationLink>
              <NavigationLink to={paths.roles} icon={IconLock} onClick={close}>
                {t('access.roles')}
              </NavigationLink>
              <NavigationLink to={paths.lists} icon={IconListDetails} onClick={close}>
                {t('admin.lists')}
              </NavigationLink>
              <NavigationLink to={paths.numbers} icon={IconHash} onClick={close}>
                {t('admin.numbers')}
              </NavigationLink>
              <NavigationLink to={paths.rules} icon={IconRuler2} onClick={close}>
                {t('rules.title')}
              </NavigationLink>
              <NavigationLink to={paths.duplicateRules} icon={IconCopy} onClick={close}>
                {t('duplicates.rulesLink')}
              </NavigationLink>
              <NavigationLink to={paths.searchIndex} icon={IconZoom} onClick={close}>
                {t('admin.search.title')}
              </NavigationLink>
              {declared.map((entity) => (
                <NavigationLink
                  key={entity.name}
                  to={paths.list(entity.plural)}
                  icon={entityIcon(entity.icon)}
                  onClick={close}
                >
                  {entity.label.many}
                </NavigationLink>
              ))}
              <NavigationLink to={paths.list('security-events')} icon={IconShieldCheck} onClick={close}>
                {t('exports.log')}
              </NavigationLink>
            </>
          ) : null}
        </nav>
        <UserMenu />
      </Drawer>
    </>
  );
}
