import { Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describedScope } from '../../expression/described-scope.ts';
import { examine } from '../../expression/examine.ts';
import { format } from '../../expression/format.ts';
import { type FilterGroup, groupOf, groupText } from '../../expression/groups.ts';
import type { Scope } from '../../expression/scope.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import type { EntityDescription } from '../../model/description.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { useDescription } from '../data/describe.ts';
import { Builder } from './Builder.tsx';
import { emptyRow, type GroupNode, groupOfNodes, nodesOf, placeOf } from './builder-tree.ts';
import { ExpressionEditor } from './ExpressionEditor.tsx';
import classes from './FilterDialog.module.css';
import { MatchCount } from './MatchCount.tsx';

/** How a filter is shown: nested rows, or its text. Both are the same expression. */
export type FilterFace = 'rows' | 'text';

interface Props {
  readonly entity: EntityDescription;
  readonly where: string;
  readonly start: FilterFace;
  readonly onApply: (where: string) => void;
  readonly onClose: () => void;
}

/** Writes a filter of any depth, by rows or as text, and says how many records match while one writes. */
export function FilterDialog(props: Props) {
  const description = useDescription();
  const scope = useMemo(
    () => describedScope(description, props.entity.name),
    [description, props.entity.name],
  );
  return scope ? <Filtering {...props} scope={scope} /> : null;
}

function Filtering({ entity, where, start, onApply, onClose, scope }: Props & { readonly scope: Scope }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const description = useDescription();
  const place = useMemo(() => placeOf(entity, description, scope), [entity, description, scope]);
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [text, setText] = useState(where);
  const [isInsisted, setInsisted] = useState(false);
  const [tree, setTree] = useState<GroupNode | null>(() => {
    const group = start === 'rows' ? groupOf(where) : null;
    if (group?.of.length === 0) return { ...nodesOf(group, place), of: [emptyRow()] };
    return group && nodesOf(group, place);
  });
  // Rows say nothing while one of them isn't finished; the text is then what was last whole.
  const said = useMemo(() => textOf(tree === null ? null : groupOfNodes(tree, place)), [tree, place]);
  const current = tree === null ? text : said;
  const [settled] = useDebouncedValue(current, 350);
  const isRight = (each: string | null): each is string =>
    each !== null && examine(each, scope, locale).mistakes.length === 0;
  const group = tree === null ? groupOf(text) : null;

  function show(face: FilterFace): void {
    if (face === 'text') {
      setText(said ?? text);
      setTree(null);
    } else if (group) setTree(nodesOf(group, place));
  }

  function apply(): void {
    if (isRight(current)) onApply(current.trim());
    else setInsisted(true);
  }

  return (
    <Dialog
      onClose={onClose}
      title={t('expression.title', { entity: entity.label.many })}
      size={760}
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes.dialog}>
        <SegmentedControl
          aria-label={t('list.view')}
          value={tree === null ? 'text' : 'rows'}
          onChange={(face) => show(face)}
          data={[
            { value: 'rows', label: t('expression.rows'), disabled: tree === null && group === null },
            { value: 'text', label: t('expression.text') },
          ]}
        />
        {tree === null ? (
          <>
            <ExpressionEditor
              scope={scope}
              value={text}
              onChange={(next) => {
                setText(next);
                setInsisted(false);
              }}
              onSubmit={apply}
              isInsisted={isInsisted}
              label={t('expression.label')}
              autoFocus
            />
            {group === null ? <p className={classes.note}>{t('expression.noRows')}</p> : null}
          </>
        ) : (
          <>
            <Builder node={tree} place={place} onChange={setTree} />
            {said === null ? <p className={classes.note}>{t('expression.unfinished')}</p> : null}
          </>
        )}
        <div className={classes.foot}>
          <MatchCount entity={entity} where={isRight(settled) ? settled : null} />
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button onClick={apply} disabled={current === null}>
            {t('common.apply')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const textOf = (group: FilterGroup | null): string | null => group && format(groupText(group));
