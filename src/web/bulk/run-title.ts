import type { TFunction } from 'i18next';
import { type BulkRun, bulkVerbs, undoVerb } from '../../model/bulk.ts';
import type { EntityDescription } from '../../model/description.ts';

/** What a run does, in words: `Remove: accounts`. */
export function runTitle(
  t: TFunction<'app'>,
  run: Pick<BulkRun, 'verb' | 'entity' | 'isTrial'>,
  entity: EntityDescription | undefined,
): string {
  if (run.verb === undoVerb) return t('bulk.undoTitle', { entity: entity?.label.many ?? run.entity });
  const own = bulkVerbs.find((verb) => verb === run.verb);
  const verb = own
    ? t(`bulk.verb.${own}`)
    : (entity?.verbs.find(({ name }) => name === run.verb)?.label ?? run.verb);
  const said = t('bulk.title', { verb, entity: entity?.label.many ?? run.entity });
  return run.isTrial ? t('bulk.trialTitle', { title: said }) : said;
}
