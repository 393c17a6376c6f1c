import { useMantineColorScheme } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldViewProvider } from '../../fields/field-view.tsx';
import { useLiveUpdates } from '../data/live.ts';
import { useMe } from '../data/me.ts';
import { currentLocale } from '../i18n/i18n.ts';
import { QuickSearch } from '../search/QuickSearch.tsx';
import { useSearchKey } from '../search/use-search-key.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { RecordLink } from './RecordLink.tsx';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';

/** The frame around every screen of somebody signed in: navigation, search, and the sheet one works on. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const [isSearching, setSearching] = useState(false);
  const search = useCallback(() => setSearching(true), []);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const locale = currentLocale();

  useSearchKey(search);
  useLiveUpdates();

  // The choice belongs to the person, not to this browser.
  useEffect(() => {
    if (colorScheme !== me.user.theme) setColorScheme(me.user.theme);
  }, [me.user.theme, colorScheme, setColorScheme]);

  const view = useMemo(
    () => ({ locale, timeZone: me.user.timeZone, linkTabIndex: 0 as const, RecordLink }),
    [locale, me.user.timeZone],
  );

  return (
    <FieldViewProvider value={view}>
      <div className={classes.shell}>
        <a href="#main" className={classes.skip}>
          {t('shell.skip')}
        </a>
        <Sidebar onSearch={search} />
        <div className={classes.stage}>
          <ConnectionBanner />
          <main id="main" className={classes.sheet} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <PhoneBar onSearch={search} />
      </div>
      <QuickSearch isOpen={isSearching} onClose={() => setSearching(false)} />
    </FieldViewProvider>
  );
}
