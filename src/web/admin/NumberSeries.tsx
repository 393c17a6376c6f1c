import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NextNumber } from '../../model/number-series.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { api } from '../data/api.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';

/** The automatic numbers, each with the one given next; how they are written is changed on the page of each. */
export function NumberSeries() {
  return (
    <OnlyAdministrators>
      <SeriesList />
    </OnlyAdministrators>
  );
}

function SeriesList() {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['records', 'numberings', 'next'],
    queryFn: ({ signal }) => api.get<{ readonly items: readonly NextNumber[] }>('/next-numbers', {}, signal),
  });
  const heads = ['of', 'next', 'given', 'restart', 'gaps'] as const;
  return (
    <Page isWide title={t('admin.numbers')}>
      {error ? <Notice>{error.message}</Notice> : null}
      {data ? (
        <Table label={t('admin.numbers')} heads={[...heads.map((head) => t(`admin.number.${head}`)), '']}>
          {data.items.map((one) => (
            <tr key={one.id}>
              <td>
                {one.entity} – {one.field}
              </td>
              <td className="r-figures">{one.next}</td>
              <td className="r-figures">{one.given}</td>
              <td>{t(`admin.number.${one.restart}`)}</td>
              <td>{t(one.gapFree ? 'admin.number.none' : 'admin.number.possible')}</td>
              <td>
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  component={AppLink}
                  to={paths.record('numberings', one.id)}
                  aria-label={t('admin.number.changeOne', { name: `${one.entity} – ${one.field}` })}
                >
                  {t('common.change')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      ) : error ? null : (
        <Skeleton height={120} />
      )}
    </Page>
  );
}
