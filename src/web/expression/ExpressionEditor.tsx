import { Anchor, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlignLeft, IconArrowsExchange, IconHelpCircle } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { examine, type ToldMistake, translatedLn } from '../../expression/examine.ts';
import type { Scope } from '../../expression/scope.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import { CodeBox } from './CodeBox.tsx';
import classes from './ExpressionEditor.module.css';
import { helpAddress } from './help-address.ts';

/** How long somebody may pause before what is unfinished is called a mistake. */
const patience = 500;

/** Writes an expression: what may follow is offered, mistakes are told where they stand, with what was meant. */
export function ExpressionEditor({
  scope,
  value,
  onChange,
  onSubmit,
  label,
  autoFocus,
  isPart = false,
  isInsisted = false,
}: {
  readonly scope: Scope;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter was pressed. */
  readonly onSubmit: () => void;
  readonly label: string;
  readonly autoFocus?: boolean;
  /** Stands among others, so help and tidying up are left to those. */
  readonly isPart?: boolean;
  /** It was to be applied as it is: its mistakes are told at once. */
  readonly isInsisted?: boolean;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const toldId = useId();
  const [paused] = useDebouncedValue(value, patience);
  const settled = isInsisted ? value : paused;
  const told = useMemo(() => examine(settled, scope, locale), [settled, scope, locale]);
  const translated = useMemo(() => translatedLn(settled, scope, locale), [settled, scope, locale]);
  const isCurrent = settled === value;
  const mistakes = isCurrent && translated === null ? told.mistakes : none;

  function replace(mistake: ToldMistake, by: string): void {
    onChange(value.slice(0, mistake.from) + by + value.slice(mistake.to));
  }

  return (
    <div className={classes.editor}>
      <CodeBox
        value={value}
        onChange={onChange}
        onSubmit={onSubmit}
        scope={scope}
        locale={locale}
        label={label}
        hint={t('expression.hint')}
        mistakes={mistakes}
        describedBy={toldId}
        autoFocus={autoFocus}
        phrases={{ Completions: t('expression.completions') }}
      />
      <div id={toldId} role="status" className={classes.told}>
        {translated === null ? null : (
          <div className={classes.translate}>
            <span>{t('expression.isLn')}</span>
            <code>{translated}</code>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconArrowsExchange size={14} aria-hidden />}
              onClick={() => onChange(translated)}
            >
              {t('expression.translate')}
            </Button>
          </div>
        )}
        {mistakes.map((mistake) => (
          <div key={`${mistake.from} ${mistake.message}`} className={classes.mistake}>
            <span>{mistake.message}</span>
            {mistake.suggestions.map((by) => (
              <Button
                key={by}
                size="compact-xs"
                variant="default"
                aria-label={t('expression.replaceBy', { name: by })}
                onClick={() => replace(mistake, by)}
              >
                <code>{by}</code>
              </Button>
            ))}
          </div>
        ))}
      </div>
      {isPart ? null : (
        <div className={classes.foot}>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconAlignLeft size={15} stroke={1.8} aria-hidden />}
            disabled={!isCurrent || told.formatted === null || told.formatted === value}
            onClick={() => told.formatted !== null && onChange(told.formatted)}
          >
            {t('expression.format')}
          </Button>
          <Anchor className={classes.help} href={helpAddress} target="_blank" rel="noreferrer">
            <IconHelpCircle size={15} stroke={1.8} aria-hidden />
            {t('expression.help')}
          </Anchor>
        </div>
      )}
    </div>
  );
}

const none: readonly ToldMistake[] = [];
