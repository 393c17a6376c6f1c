import { useTranslation } from 'react-i18next';
import { Page } from '../../web-kit/ui/Page.tsx';
import { AboutMe } from './AboutMe.tsx';
import { Keys } from './Keys.tsx';
import { Password } from './Password.tsx';
import { Sessions } from './Sessions.tsx';

/** Everything a person decides about themselves. */
export function Profile() {
  const { t } = useTranslation();
  return (
    <Page title={t('profile.title')}>
      <AboutMe />
      <Password />
      <Sessions />
      <Keys />
    </Page>
  );
}
