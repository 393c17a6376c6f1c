import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { Duplicate } from '../../model/duplicate.ts';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import classes from './DuplicateHints.module.css';

/** What can be done with a record that is hinted at, instead of writing another one. */
export interface HintAct {
  readonly label: string;
  /** The same with the record, for those who don’t see where the button stands. */
  readonly name: string;
  act(): void;
}

/** Records that may be the one being written, each with the reason; nothing stands in the way of writing it all the same. */
export function DuplicateHints({
  duplicates,
  actOf = () => null,
}: {
  readonly duplicates: readonly Duplicate[];
  readonly actOf?: ((duplicate: Duplicate) => HintAct | null) | undefined;
}) {
  const description = useDescription();
  const groups = [...Map.groupBy(duplicates, ({ entity }) => entity)].flatMap(([name, found]) => {
    const entity = entityNamed(description, name);
    return entity ? [{ entity, found }] : [];
  });
  // Always there, so that what appears in it is read out.
  return (
    <div role="status" className={classes.hints}>
      {groups.map(({ entity, found }) => (
        <Group key={entity.name} entity={entity} duplicates={found} actOf={actOf} />
      ))}
    </div>
  );
}

/** Those of one entity. */
function Group({
  entity,
  duplicates,
  actOf,
}: {
  readonly entity: EntityDescription;
  readonly duplicates: readonly Duplicate[];
  readonly actOf: (duplicate: Duplicate) => HintAct | null;
}) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.title}>
        <IconCopy size={16} stroke={1.7} aria-hidden />
        {t('verb.duplicates', { entity: entity.label.one })}
      </p>
      <ul className={classes.list}>
        {duplicates.map((duplicate) => (
          <li key={duplicate.id} className={classes.one}>
            <span className={classes.words}>
              <AppLink to={paths.record(entity.plural, duplicate.id)} target="_blank">
                {duplicate.label ?? '–'}
              </AppLink>
              {duplicate.detail ? <span className="r-muted">{duplicate.detail}</span> : null}
              {duplicate.reasons.map(({ message }) => (
                <span key={message} className={classes.reason}>
                  {message}
                </span>
              ))}
            </span>
            <Act act={actOf(duplicate)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Act({ act }: { readonly act: HintAct | null }) {
  return act ? (
    <Button size="xs" variant="default" aria-label={act.name} onClick={act.act}>
      {act.label}
    </Button>
  ) : null;
}
