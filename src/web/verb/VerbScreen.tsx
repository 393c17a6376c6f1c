import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, VerbDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { NotFound } from '../app/NotFound.tsx';
import { Pending } from '../app/Pending.tsx';
import { paths } from '../app/paths.ts';
import { titleOf, useEntity } from '../data/describe.ts';
import { recordQuery } from '../data/records.ts';
import { offerQuery } from '../data/verbs.ts';
import { EditingProvider } from '../form/EditingProvider.tsx';
import { useChosen } from './use-chosen.ts';
import { VerbForm } from './VerbForm.tsx';
import classes from './VerbScreen.module.css';

/** The screen of something that is done to a record, which the address names: `/leads/<id>/convert`. */
export function VerbScreen() {
  const { plural, id, verb: name } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  const verb = entity?.verbs.find((each) => each.name === name);
  if (!entity || entity.plural !== plural || !verb || !id) return <NotFound />;
  return <Asked key={id} entity={entity} verb={verb} id={id} />;
}

function Asked({
  entity,
  verb,
  id,
}: {
  readonly entity: EntityDescription;
  readonly verb: VerbDescription;
  readonly id: string;
}) {
  const { t } = useTranslation();
  const router = useRouter();
  const record = useQuery(recordQuery(entity.plural, id));
  const offer = useQuery(offerQuery(entity.plural, id, verb.name));
  const chosen = useChosen(verb);
  const back = (): void =>
    void router.navigate({ to: paths.record(entity.plural, id) as '/', replace: true });
  const error = offer.error ?? record.error;
  if (error && !(error instanceof ApiProblem)) throw error;
  const reason = error?.message ?? (offer.data?.available === false ? offer.data.reason : null);
  const title = record.data ? titleOf(entity, record.data) : '';

  return (
    <EditingProvider>
      <PageHeader title={verb.title} note={title} />
      {reason !== null ? (
        <div className={classes.refusal}>
          <Notice
            kind="info"
            title={t('verb.notNow')}
            action={
              <Button component={AppLink} to={paths.record(entity.plural, id)} variant="default" size="xs">
                {t('verb.back')}
              </Button>
            }
          >
            {reason}
          </Notice>
        </div>
      ) : offer.data && record.data && chosen ? (
        <VerbForm
          entity={entity}
          verb={verb}
          id={id}
          offer={offer.data}
          chosen={chosen}
          onDone={back}
          onCancel={back}
        />
      ) : (
        <Pending />
      )}
    </EditingProvider>
  );
}
