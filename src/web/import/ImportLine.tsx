import { Progress as Bar, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, formatMoment } from '../../fields/format.browser.ts';
import type { ImportSet } from '../../model/import.ts';
import { AppLink } from '../app/AppLink.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import { outcomes } from './Equation.tsx';
import classes from './ImportsScreen.module.css';
import { useDiscardImport } from './import-data.ts';
import { StateBadge } from './StateBadge.tsx';
import { useSetTitle } from './use-set-title.ts';
import { useUndoImport } from './use-undo-import.tsx';

/** One import in the list: what, where it stands, what came of it, who and when. */
export function ImportLine({ item }: { readonly item: ImportSet }) {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const names = item.files.map(({ fileName }) => fileName);
  const title = useSetTitle(names);
  const description = useDescription();
  const into = new Set(
    item.files.map(({ entity }) => entityNamed(description, entity)?.label.many ?? entity),
  );
  const confirm = useConfirm();
  const discard = useDiscardImport();
  const { ask: undo } = useUndoImport(item);
  const n = (value: number): string => formatDecimal(locale, value);
  const counted = outcomes.filter((outcome) => item[outcome] > 0);

  return (
    <li className={classes.line}>
      <span className={classes.what}>
        <AppLink to={paths.import(item.id)} className={classes.file}>
          {title}
        </AppLink>
        <span className="r-muted">{[...into].join(', ')}</span>
      </span>
      <span>
        <StateBadge state={item.state} />
      </span>
      <span className={classes.result}>
        {item.isBusy ? (
          <>
            <Bar
              value={item.rows > 0 ? (item.position / item.rows) * 100 : 0}
              aria-label={t(`imports.states.${item.state}`)}
            />
            <span className="r-muted">
              {t('imports.progress', { done: n(item.position), all: n(item.rows) })}
            </span>
          </>
        ) : item.state === 'draft' ? (
          <span className="r-muted">{t('imports.map.rows', { count: item.rows, n: n(item.rows) })}</span>
        ) : (
          <>
            <span>{t('imports.map.rows', { count: item.rows, n: n(item.rows) })}</span>
            <span className="r-muted">
              {counted
                .map((outcome) => `${n(item[outcome])} ${t(`imports.equation.${outcome}`)}`)
                .join(' · ')}
            </span>
          </>
        )}
      </span>
      <span className={classes.when}>
        <span>{formatMoment(locale, item.startedAt ?? item.createdAt, timeZone)}</span>
        {item.createdBy?.label ? (
          <span className="r-muted">{t('imports.by', { name: item.createdBy.label })}</span>
        ) : null}
      </span>
      <span className={classes.acts}>
        {item.can.undo ? (
          <Button variant="default" size="xs" onClick={undo}>
            {t('common.undo')}
            <span className="r-hidden"> {title}</span>
          </Button>
        ) : null}
        {item.can.remove ? (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            onClick={() =>
              confirm({
                title: t('imports.discardTitle', { file: title }),
                words: t('imports.discardWords'),
                label: t('imports.discard'),
                onConfirm: () =>
                  discard.mutate(item.id, {
                    onSuccess: () => notifications.show({ message: t('imports.discarded') }),
                    onError: (error) => notifications.show({ message: error.message, color: 'brick' }),
                  }),
              })
            }
          >
            {t('imports.discard')}
            <span className="r-hidden"> {title}</span>
          </Button>
        ) : null}
      </span>
    </li>
  );
}
