import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countOperators } from '../../expression/groups.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import classes from './Builder.module.css';
import {
  type BuilderNode,
  changed,
  emptyGroup,
  emptyRelation,
  emptyRow,
  type GroupNode,
  type Place,
  placeWithin,
  type RelationNode,
  type TextNode,
} from './builder-tree.ts';
import { ExpressionEditor } from './ExpressionEditor.tsx';
import { RowLine } from './RowLine.tsx';
import { relationChoices } from './relation-choices.ts';

interface Part<N> {
  readonly node: N;
  readonly place: Place;
  readonly onChange: (node: N) => void;
  readonly onRemove: () => void;
}

const joins = ['all', 'any', 'notAll', 'none'] as const;
type Join = (typeof joins)[number];

const joinOf = ({ join, not }: GroupNode): Join =>
  join === 'all' ? (not ? 'notAll' : 'all') : not ? 'none' : 'any';

/** Conditions as rows, in groups that may stand in each other, about the record and what belongs to it. */
export function Builder({
  node,
  place,
  onChange,
}: {
  readonly node: GroupNode;
  readonly place: Place;
  readonly onChange: (node: GroupNode) => void;
}) {
  return <Group node={node} place={place} onChange={onChange} onRemove={null} />;
}

function Group({
  node,
  place,
  onChange,
  onRemove,
  emptyWords,
}: {
  readonly node: GroupNode;
  readonly place: Place;
  readonly onChange: (node: GroupNode) => void;
  /** Null of the outermost group, which stays. */
  readonly onRemove: (() => void) | null;
  readonly emptyWords?: string;
}) {
  const { t } = useTranslation();
  const [added, setAdded] = useState<number | null>(null);
  const add = (part: BuilderNode): void => {
    setAdded(part.id);
    onChange({ ...node, of: [...node.of, part] });
  };
  const set = (part: BuilderNode): void => onChange(changed(node, part.id, () => part));
  const remove = (id: number) => (): void => onChange(changed(node, id, () => null));
  const hasRelations = relationChoices(place).length > 0;

  return (
    <fieldset className={classes.group} data-outer={onRemove === null || undefined}>
      <legend className="r-hidden">{t('expression.group')}</legend>
      {node.of.length > 1 || node.not || onRemove ? (
        <div className={classes.head}>
          <NativeSelect
            size="xs"
            aria-label={t('expression.group')}
            value={joinOf(node)}
            onChange={({ currentTarget: { value } }) =>
              onChange({
                ...node,
                join: value === 'all' || value === 'notAll' ? 'all' : 'any',
                not: value === 'notAll' || value === 'none',
              })
            }
            data={joins.map((value) => ({ value, label: t(`expression.joins.${value}`) }))}
          />
          {onRemove ? <Remove what={t('expression.group')} onRemove={onRemove} /> : null}
        </div>
      ) : null}
      {node.of.length === 0 ? (
        <p className={classes.nothing}>{emptyWords ?? t('expression.noConditions')}</p>
      ) : null}
      {node.of.map((part) => {
        const onRemovePart = remove(part.id);
        switch (part.kind) {
          case 'row':
            return (
              <RowLine
                key={part.id}
                node={part}
                place={place}
                onChange={set}
                onRemove={onRemovePart}
                isNew={part.id === added || (part.path === null && node.of.length === 1)}
              />
            );
          case 'text':
            return (
              <TextLine key={part.id} node={part} place={place} onChange={set} onRemove={onRemovePart} />
            );
          case 'group':
            return <Group key={part.id} node={part} place={place} onChange={set} onRemove={onRemovePart} />;
          default:
            return <Related key={part.id} node={part} place={place} onChange={set} onRemove={onRemovePart} />;
        }
      })}
      <div className={classes.adding}>
        <Add words={t('expression.addRow')} onAdd={() => add(emptyRow())} />
        <Add
          words={t('expression.addGroup')}
          onAdd={() => add({ ...emptyGroup(), join: node.join === 'all' ? 'any' : 'all', of: [emptyRow()] })}
        />
        {hasRelations ? <Add words={t('expression.addRelation')} onAdd={() => add(emptyRelation())} /> : null}
      </div>
    </fieldset>
  );
}

function Add({ words, onAdd }: { readonly words: string; readonly onAdd: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
      onClick={onAdd}
    >
      {words}
    </Button>
  );
}

function Remove({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      className={classes.remove}
      size={30}
      aria-label={t('expression.remove', { what })}
      onClick={onRemove}
    >
      <IconX size={15} stroke={1.8} aria-hidden />
    </ActionIcon>
  );
}

/** A condition that rows can't show: it stays what it is, and can be written. */
function TextLine({ node, place, onChange, onRemove }: Part<TextNode>) {
  const { t } = useTranslation();
  return (
    <div className={classes.row} data-unfinished={node.text.trim() === '' || undefined}>
      <div className={classes.text}>
        <ExpressionEditor
          scope={place.scope}
          value={node.text}
          onChange={(text) => onChange({ ...node, text })}
          onSubmit={() => undefined}
          label={t('expression.kept')}
          isPart
        />
      </div>
      <Remove what={t('expression.kept')} onRemove={onRemove} />
    </div>
  );
}

/** A condition about related records: which, how many, and what must hold of them. */
function Related({ node, place, onChange, onRemove }: Part<RelationNode>) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const inner = node.relation === null ? null : placeWithin(place, node.relation);
  const choices = relationChoices(place).map(({ name, label }) => ({ value: name, label: label[locale] }));
  const isListed = choices.some(({ value }) => value === node.relation);
  return (
    <fieldset className={classes.related} aria-label={t('expression.relation')}>
      <div className={classes.row} data-unfinished={node.relation === null || undefined}>
        <NativeSelect
          size="xs"
          aria-label={t('expression.relation')}
          value={node.relation ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...node, relation: value || null, of: emptyGroup() })
          }
          data={[
            { value: '', label: t('values.choose') },
            ...choices,
            ...(node.relation === null || isListed ? [] : [{ value: node.relation, label: node.relation }]),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={t('expression.howLabel')}
          value={node.how.is}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...node, how: { ...node.how, is: value as RelationNode['how']['is'] } })
          }
          data={(['any', 'none', 'all', 'count'] as const).map((value) => ({
            value,
            label: t(`expression.how.${value}`),
          }))}
        />
        {node.how.is === 'count' ? (
          <>
            <NativeSelect
              size="xs"
              aria-label={t('list.operator')}
              value={node.how.op}
              onChange={({ currentTarget: { value } }) =>
                onChange({ ...node, how: { ...node.how, op: value as RelationNode['how']['op'] } })
              }
              data={countOperators.map((value) => ({ value, label: t(`operators.${value}`) }))}
            />
            <TextInput
              size="xs"
              className={classes.number}
              aria-label={t('expression.number')}
              inputMode="numeric"
              value={node.how.number}
              error={!/^\d{1,9}$/.test(node.how.number)}
              onChange={({ currentTarget: { value } }) =>
                onChange({ ...node, how: { ...node.how, number: value.trim() } })
              }
            />
          </>
        ) : null}
        <Remove what={t('expression.relation')} onRemove={onRemove} />
      </div>
      {inner ? (
        <div className={classes.inner}>
          <span className={classes.words}>{t('expression.where')}</span>
          <Group
            node={node.of}
            place={inner}
            onChange={(of) => onChange({ ...node, of })}
            onRemove={null}
            emptyWords={t('expression.anyRelated')}
          />
        </div>
      ) : null}
    </fieldset>
  );
}
