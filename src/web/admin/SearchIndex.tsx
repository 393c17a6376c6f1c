import { Button, Progress, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { SearchBuild } from '../../model/search.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';
import { tellFailure } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';

interface Builds {
  readonly items: readonly SearchBuild[];
}

const key = ['search-builds'];

/** What the search holds of each kind of record, how far it is built anew, and the way to have that done. */
export function SearchIndex() {
  return (
    <OnlyAdministrators>
      <BuildList />
    </OnlyAdministrators>
  );
}

const isUnderWay = ({ state }: SearchBuild): boolean => state !== 'done';

function BuildList() {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Builds>('/search/rebuild', {}, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1000 : false),
  });
  const rebuild = useMutation({
    mutationFn: () => api.post<Builds>('/search/rebuild', {}),
    onSuccess: (builds) => client.setQueryData(key, builds),
    onError: tellFailure,
  });
  const n = (value: number): string => formatDecimal(locale, value);
  const items = data?.items ?? [];
  const left = items.filter(isUnderWay).length;
  return (
    <Page
      isWide
      title={t('admin.search.title')}
      actions={
        <Button
          leftSection={<IconRefresh size={17} stroke={2} aria-hidden />}
          disabled={!data || left > 0}
          loading={rebuild.isPending}
          onClick={() => rebuild.mutate()}
        >
          {t('admin.search.rebuild')}
        </Button>
      }
    >
      <p className="r-muted">{t('admin.search.words')}</p>
      {error ? <Notice>{error.message}</Notice> : null}
      {data ? (
        <>
          <p role="status">
            {left > 0 ? t('admin.search.left', { count: left }) : t('admin.search.current')}
          </p>
          <Table
            label={t('admin.search.title')}
            heads={[t('admin.search.of'), t('admin.search.state'), t('admin.search.looked')]}
          >
            {items.map((build) => (
              <tr key={build.entity}>
                <td>{entityNamed(description, build.entity)?.label.many ?? build.entity}</td>
                <td>{t(`admin.search.${build.state}`)}</td>
                <td className="r-figures">
                  {build.state === 'building' ? (
                    <Progress
                      value={build.total ? Math.min(100, (build.done / build.total) * 100) : 0}
                      aria-label={t('admin.search.looked')}
                    />
                  ) : null}
                  {!build.total
                    ? '–'
                    : build.state === 'done'
                      ? n(build.done)
                      : t('admin.search.part', { done: n(build.done), total: n(build.total) })}
                </td>
              </tr>
            ))}
          </Table>
        </>
      ) : error ? null : (
        <Skeleton height={160} />
      )}
    </Page>
  );
}
