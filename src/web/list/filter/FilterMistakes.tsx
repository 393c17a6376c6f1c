import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../../web-kit/api/problem.ts';
import classes from './FilterBar.module.css';

/** Where in an expression a mistake stands; offsets in UTF-16 units, as the server tells them. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** What the server said against a filter, where it stands, and the way to mend it. */
export function FilterMistakes({
  text,
  error,
  onMend,
}: {
  readonly text: string;
  readonly error: Error;
  readonly onMend: () => void;
}) {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert">
      <Marked text={text} places={placesOf(problem)} />
      <ul className={classes.mistakes}>
        {(problem?.mistakes ?? []).map((mistake) => (
          <li key={mistake.message}>{mistake.message}</li>
        ))}
        {(problem?.mistakes ?? []).length === 0 ? <li>{error.message}</li> : null}
      </ul>
      <Button size="xs" variant="default" mt={6} onClick={onMend}>
        {t('expression.mend')}
      </Button>
    </div>
  );
}

/** The expression with its first mistake underlined. */
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

function placesOf(problem: ApiProblem | null): readonly Place[] {
  const errors = problem?.document.errors;
  return Array.isArray(errors) ? (errors as readonly Place[]) : [];
}
