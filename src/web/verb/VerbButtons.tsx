import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { EntityDescription, VerbDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { entityIcon } from '../app/icons.ts';
import { paths } from '../app/paths.ts';
import { tellFailure } from '../app/tell.ts';
import { useDoVerb } from '../data/verbs.ts';

/** What can be done to a record now, besides changing it: a button each. */
export function VerbButtons({
  entity,
  record,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
}) {
  return entity.verbs
    .filter(({ name }) => record.can.verbs?.includes(name))
    .map((verb) => <VerbButton key={verb.name} entity={entity} verb={verb} id={record.id} />);
}

/** What asks for nothing is done at once, since it can be taken back; the rest has a screen. */
function VerbButton({
  entity,
  verb,
  id,
}: {
  readonly entity: EntityDescription;
  readonly verb: VerbDescription;
  readonly id: string;
}) {
  const router = useRouter();
  const doing = useDoVerb(entity, verb, id);
  const Picture = entityIcon(verb.icon);
  const asks = verb.fields.length + verb.sections.length > 0;
  return (
    <Button
      leftSection={<Picture size={16} stroke={1.7} aria-hidden />}
      loading={doing.isPending}
      onClick={() => {
        if (asks) void router.navigate({ to: paths.verb(entity.plural, id, verb.name) as '/' });
        else doing.mutate({ input: {} }, { onError: tellFailure });
      }}
    >
      {verb.label}
    </Button>
  );
}
