import { Kbd, Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { paths } from '../app/paths.ts';
import { useDescription } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { type Hit, hitsOf } from './hit.ts';
import { Meant } from './Meant.tsx';
import classes from './QuickSearch.module.css';
import { useRecent } from './recent.ts';
import { SearchResults } from './SearchResults.tsx';
import { searchQuery } from './search-query.ts';
import { useTypedAhead } from './use-typed-ahead.ts';

/** Finds records by a few letters, from anywhere, by keyboard alone. */
export function QuickSearch({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const input = useTypedAhead(isOpen, setText);

  function close(): void {
    onClose();
    setText('');
  }

  return (
    <Modal.Root opened={isOpen} onClose={close} size={620} padding={0} yOffset="12vh" centered={false}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t('search.open')} className={classes.box}>
        <SearchBox input={input} text={text} onText={setText} onClose={close} />
      </Modal.Content>
    </Modal.Root>
  );
}

function SearchBox({
  input,
  text,
  onText,
  onClose,
}: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const router = useRouter();
  const description = useDescription();
  const [active, setActive] = useState(0);
  const [asked] = useDebouncedValue(text.trim(), 120);
  const { data, error, isFetching } = useQuery(searchQuery(asked));
  const list = useRef<HTMLDivElement>(null);

  const recent = useRecent(useMe().user.id, text.trim() === '');
  const isRecent = asked === '';
  const hits = isRecent ? recent : hitsOf(description, data);
  const hasAll = !isRecent && hits.length > 0;
  const last = hasAll ? hits.length : hits.length - 1;
  const current = Math.min(active, last);
  const hasNothing = asked !== '' && data !== undefined && !isFetching;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  // The caret stands behind what was typed while this was on its way.
  useEffect(() => {
    const line = input.current;
    line?.focus();
    line?.setSelectionRange(line.value.length, line.value.length);
  }, [input]);

  function open(hit: Hit | undefined): void {
    if (!hit) return;
    onClose();
    void router.navigate({ to: paths.record(hit.entity.plural, hit.id) as '/' });
  }

  function openAll(): void {
    onClose();
    void router.navigate({ to: paths.search, search: { q: text.trim() } });
  }

  function pressed(event: KeyboardEvent): void {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && hits.length > 0) {
      event.preventDefault();
      setActive((current + move + last + 1) % (last + 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (hasAll && current === hits.length) openAll();
      else open(hits[current]);
    }
  }

  return (
    <>
      <div className={classes.line}>
        <IconSearch size={20} stroke={1.7} aria-hidden className="r-muted" />
        <input
          ref={input}
          className={classes.input}
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={pressed}
          placeholder={t('search.placeholder')}
          aria-label={t('search.open')}
          data-autofocus
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls="search-results"
          aria-activedescendant={hits.length > 0 ? `search-hit-${current}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div ref={list} className={classes.results} aria-busy={isFetching}>
        {error ? (
          <Notice>{error.message}</Notice>
        ) : hits.length > 0 ? (
          <>
            {hasAll && data?.meant ? <Meant text={asked} meant={data.meant} onTake={onText} /> : null}
            <SearchResults
              hits={hits}
              {...(isRecent ? { heading: t('search.recent') } : { onAll: openAll })}
              active={current}
              onHover={setActive}
              onOpen={open}
            />
          </>
        ) : (
          <p className={classes.words}>
            {hasNothing ? t('search.nothing', { text: asked }) : t('search.hint')}
            {hasNothing ? <span>{t('search.nothingWords')}</span> : null}
          </p>
        )}
      </div>
      <div className="r-hidden" role="status">
        {asked && data ? t('search.count', { count: hits.length }) : ''}
      </div>
      <footer className={classes.keys} aria-hidden>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('search.move')}
        </span>
        <span>
          <Kbd>↵</Kbd> {t('search.openKey')}
        </span>
        <span>
          <Kbd>Esc</Kbd> {t('search.closeKey')}
        </span>
      </footer>
    </>
  );
}
