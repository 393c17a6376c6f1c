import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RecordOut } from '../../model/record.ts';
import { basePath } from '../app/workspace.ts';
import { describeQuery } from './describe.ts';
import { recordKeys, recordsChanged } from './records.ts';

/** A write that the server tells of. */
interface News {
  readonly entity: string;
  readonly id: string;
  readonly version: number;
}

/** Many writes within this time are read anew once. */
const gathering = 1_000;
/** How long to wait before asking again after the server refused. */
const pause = 30_000;

/** Keeps what is on the screen current while colleagues work: a hidden page isn't told, and catches up when it is looked at. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    let last: string | null = null;
    let retry: number | undefined;
    let timer: number | undefined;
    const stale = new Set<string>();

    function apply(): void {
      timer = undefined;
      const plurals = [...stale];
      stale.clear();
      void client.invalidateQueries({
        predicate: ({ queryKey: [kind, plural] }) =>
          kind === 'search' || (kind === 'records' && plurals.includes(String(plural))),
      });
    }

    function open(): void {
      if (source || document.hidden) return;
      const opened = new EventSource(
        `${basePath}/api/v1/events${last ? `?after=${encodeURIComponent(last)}` : ''}`,
      );
      source = opened;
      const heard = (name: string, then: (data: string) => void): void =>
        opened.addEventListener(name, (event: MessageEvent<string>) => {
          last = event.lastEventId;
          then(event.data);
        });
      heard('ready', () => {});
      heard('missed', () => void recordsChanged(client));
      // The next request tells why, and leads to the sign-in where that is the reason.
      heard('end', () => {
        close();
        void recordsChanged(client);
      });
      heard('changed', (data) => {
        for (const news of JSON.parse(data) as readonly News[]) {
          const plural = pluralOf(client, news.entity);
          if (plural && !isKnown(client, plural, news)) stale.add(plural);
        }
        if (stale.size > 0) timer ??= window.setTimeout(apply, gathering);
      });
      opened.addEventListener('error', () => {
        if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
        source = null;
        retry = window.setTimeout(open, pause);
      });
    }

    function close(): void {
      source?.close();
      source = null;
      window.clearTimeout(retry);
    }

    const seen = (): void => (document.hidden ? close() : open());
    document.addEventListener('visibilitychange', seen);
    open();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      close();
      window.clearTimeout(timer);
    };
  }, [client]);
}

const pluralOf = (client: QueryClient, entity: string): string | null =>
  client.getQueryData(describeQuery.queryKey)?.entities.find(({ name }) => name === entity)?.plural ?? null;

/** Whether the page has this version already: it was written here. */
const isKnown = (client: QueryClient, plural: string, { id, version }: News): boolean =>
  (client.getQueryData<RecordOut>(recordKeys.one(plural, id))?.version ?? 0) >= version;
