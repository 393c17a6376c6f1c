import { relationsOf } from '../../expression/relations.ts';
import type { Labels } from '../../lib/locale.ts';
import type { Place } from './builder-tree.ts';

/** The relations that may be asked about, with names for people; one that has two names is told once. */
export function relationChoices({
  scope,
}: Place): readonly { readonly name: string; readonly label: Labels }[] {
  const all = [...relationsOf(scope.entity, scope)];
  const isTwice = (name: string): boolean => {
    const [plural = '', field] = name.split('.');
    const short = all.find(([other]) => other === plural)?.[1];
    return field !== undefined && short?.via.is === 'reference' && short.via.field.name === field;
  };
  return all
    .filter(([name, { via }]) => !isTwice(name) && !(via.is === 'reference' && via.field.system))
    .map(([name, { to, via }]) => {
      if (via.is === 'link') return { name, label: scope.entity.links[name]?.label ?? to.label.many };
      if (via.is === 'ids') return { name, label: scope.entity.fields[name]?.label ?? to.label.many };
      return { name, label: name.includes('.') ? joined(to.label.many, via.field.label) : to.label.many };
    });
}

const joined = (first: Labels, second: Labels): Labels => ({
  en: `${first.en} (${second.en})`,
  fr: `${first.fr} (${second.fr})`,
  es: `${first.es} (${second.es})`,
});
