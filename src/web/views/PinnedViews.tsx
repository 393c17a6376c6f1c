import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NavigationLink } from '../app/NavigationLink.tsx';
import { paths } from '../app/paths.ts';
import { useDescription } from '../data/describe.ts';
import { savedViewsQuery, viewChoicesQuery } from './view-data.ts';

/** The views that the reader put into the navigation; those that are gone are left out. */
export function PinnedViews({ headingClass }: { readonly headingClass: string | undefined }) {
  const { t } = useTranslation();
  const { entities } = useDescription();
  const isKnown = entities.some(({ name }) => name === 'saved-view');
  const choices = useQuery({ ...viewChoicesQuery, enabled: isKnown }).data?.items ?? [];
  const pinned = choices.filter((choice) => choice['as'] === 'favourite');
  const saved = useQuery({ ...savedViewsQuery, enabled: isKnown && pinned.length > 0 }).data?.items ?? [];
  const shown = pinned.flatMap((choice) => {
    const entity = entities.find(({ name }) => name === choice['entity']);
    const key = String(choice['view']);
    const name =
      entity?.views.find((view) => view.name === key)?.label ?? saved.find(({ id }) => id === key)?.['name'];
    return entity && typeof name === 'string' ? [{ id: choice.id, key, name, plural: entity.plural }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <>
      <h2 className={headingClass}>{t('views.navigation')}</h2>
      {shown.map(({ id, key, name, plural }) => (
        <NavigationLink key={id} to={paths.list(plural)} search={{ view: key }} icon={IconListSearch}>
          {name}
        </NavigationLink>
      ))}
    </>
  );
}
