import { useParams } from '@tanstack/react-router';
import { NotFound } from '../app/NotFound.tsx';
import { useEntity } from '../data/describe.ts';
import { EntityList } from './EntityList.tsx';

/** The list of the entity that the address names. */
export function ListScreen() {
  const { plural } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  if (!entity || entity.plural !== plural) return <NotFound />;
  return <EntityList key={entity.name} entity={entity} />;
}
