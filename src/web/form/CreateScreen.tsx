import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Description, EntityDescription } from '../../model/description.ts';
import type { RecordOut, ReferenceValue } from '../../model/record.ts';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { NotFound } from '../app/NotFound.tsx';
import { Pending } from '../app/Pending.tsx';
import { paths } from '../app/paths.ts';
import { api } from '../data/api.ts';
import { entityNamed, titleOf, useDescription, useEntity } from '../data/describe.ts';
import { CreateForm } from './CreateForm.tsx';
import type { Draft } from './draft.ts';
import { EditingProvider } from './EditingProvider.tsx';
import { prefilled } from './new-draft.ts';

/** The page of a new record; its address may fill fields in: `/opportunities/new?account=<id>`. */
export function CreateScreen() {
  const { plural } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  if (!entity || entity.plural !== plural || !entity.can.create) return <NotFound />;
  return <Create key={entity.name} entity={entity} />;
}

function Create({ entity }: { readonly entity: EntityDescription }) {
  const { t } = useTranslation();
  const router = useRouter();
  const description = useDescription();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const asked = useMemo(() => draftOf(entity, search), [entity, search]);
  const { data: prefill } = useQuery({
    queryKey: ['records', entity.plural, 'prefill', asked],
    queryFn: ({ signal }) => withLabels(description, entity, asked, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!prefill) return <Pending />;
  return (
    <EditingProvider>
      <PageHeader title={t('list.newOne', { entity: entity.label.one })} />
      <CreateForm
        entity={entity}
        prefill={prefill}
        isPage
        onCreated={(record) =>
          void router.navigate({ to: paths.record(entity.plural, record.id) as '/', replace: true })
        }
        onCancel={() => {
          if (router.history.canGoBack()) router.history.back();
          else void router.navigate({ to: paths.list(entity.plural) as '/' });
        }}
      />
    </EditingProvider>
  );
}

function draftOf(entity: EntityDescription, search: Readonly<Record<string, unknown>>): Draft {
  return Object.fromEntries(
    entity.fields.flatMap((field) => {
      const text = search[field.name];
      if (typeof text !== 'string' || text === '' || field.readOnly) return [];
      const value = prefilled(field, text);
      return value === undefined ? [] : [[field.name, value] as const];
    }),
  );
}

/** References in an address are ids; people see names. One that can't be read is left out. */
async function withLabels(
  description: Description,
  entity: EntityDescription,
  draft: Draft,
  signal: AbortSignal,
): Promise<Draft> {
  const filled = await Promise.all(
    Object.entries(draft).map(async ([name, value]) => {
      const field = entity.fields.find((candidate) => candidate.name === name);
      const isNamed = field?.type === 'reference' || field?.type === 'any-reference';
      const { id, entity: of } = (isNamed ? value : {}) as Partial<ReferenceValue>;
      const target = entityNamed(description, (isNamed && (of ?? field.to[0])) || '');
      if (!target || id === undefined) return [[name, value] as const];
      try {
        const record = await api.get<RecordOut>(
          `/${target.plural}/${encodeURIComponent(id)}`,
          { fields: [target.title] },
          signal,
        );
        return [[name, { ...(value as object), label: titleOf(target, record) }] as const];
      } catch {
        return [];
      }
    }),
  );
  return Object.fromEntries(filled.flat());
}
