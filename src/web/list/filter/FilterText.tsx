import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../../web-kit/api/problem.ts';
import classes from './FilterBar.module.css';

/** Where in an expression a mistake stands; offsets in UTF-16 units, as the server tells them. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** The filter as one expression; a mistake is shown where it stands. */
export function FilterText({
  where,
  error,
  canBeRows,
  onApply,
  onRows,
  onClear,
}: {
  readonly where: string;
  readonly error: Error | null;
  readonly canBeRows: boolean;
  readonly onApply: (text: string) => void;
  readonly onRows: () => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(where);
  const mistakesId = useId();
  const problem = error instanceof ApiProblem ? error : null;

  function pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onApply(text);
  }

  return (
    <div className={classes.text}>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        aria-label={t('list.textLabel')}
        placeholder={t('list.textHelp')}
        aria-describedby={problem ? mistakesId : undefined}
        error={problem !== null}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={pressed}
        styles={{
          input: { color: 'var(--r-ink)', fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 },
        }}
      />
      {problem ? (
        <div id={mistakesId} role="alert">
          <Marked text={where} places={placesOf(problem)} />
          <ul className={classes.mistakes}>
            {problem.mistakes.map((mistake) => (
              <li key={mistake.message}>{mistake.message}</li>
            ))}
            {problem.mistakes.length === 0 ? <li>{problem.message}</li> : null}
          </ul>
        </div>
      ) : null}
      <div className={classes.textButtons}>
        <Button size="xs" onClick={() => onApply(text)} disabled={text === where}>
          {t('common.apply')}
        </Button>
        {canBeRows ? (
          <Button size="xs" variant="subtle" color="gray" onClick={onRows}>
            {t('list.asRows')}
          </Button>
        ) : null}
        <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
          {t('list.clearFilters')}
        </Button>
      </div>
    </div>
  );
}

/** The expression with its mistakes underlined. */
function Marked({ text, places }: { readonly text: string; readonly places: readonly Place[] }) {
  const [first] = places;
  if (!first) return null;
  const end = Math.max(first.to, first.from + 1);
  return (
    <pre className={classes.found}>
      {text.slice(0, first.from)}
      <mark>{text.slice(first.from, end) || '␣'}</mark>
      {text.slice(end)}
    </pre>
  );
}

function placesOf(problem: ApiProblem): readonly Place[] {
  const { errors } = problem.document;
  return Array.isArray(errors) ? (errors as readonly Place[]) : [];
}
