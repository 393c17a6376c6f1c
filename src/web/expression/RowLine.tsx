import { ActionIcon, NativeSelect, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Choice, operatorKey, operatorsOf } from '../list/filter/filter-kinds.ts';
import { emptyDraft } from '../list/filter/filter-value.ts';
import { groupedSubjects } from '../list/filter/grouped-subjects.ts';
import classes from './Builder.module.css';
import { type Place, partOfNode, type RowNode } from './builder-tree.ts';
import { InlineValue } from './InlineValue.tsx';

/** One condition on one line: a field, how it compares, with what. */
export function RowLine({
  node,
  place,
  onChange,
  onRemove,
  isNew,
}: {
  readonly node: RowNode;
  readonly place: Place;
  readonly onChange: (node: RowNode) => void;
  readonly onRemove: () => void;
  readonly isNew: boolean;
}) {
  const { t } = useTranslation();
  const subject = place.subjects.find(({ path }) => path === node.path);
  const isUnfinished = partOfNode(node, place) === null;

  function choose(path: string | null): void {
    const chosen = place.subjects.find((each) => each.path === path);
    const [first] = chosen ? operatorsOf(chosen.kind) : [];
    const value = chosen?.kind === 'yes-no' ? 'true' : '';
    onChange({ ...node, path, draft: first ? { ...emptyDraft(first), value } : null });
  }

  return (
    <fieldset
      className={classes.row}
      aria-label={subject?.label ?? t('expression.row')}
      data-unfinished={isUnfinished || undefined}
    >
      <Select
        size="xs"
        className={classes.field}
        aria-label={t('list.field')}
        placeholder={t('list.field')}
        searchable
        allowDeselect={false}
        autoFocus={isNew}
        data-autofocus={isNew || undefined}
        nothingFoundMessage={t('values.nothing')}
        data={groupedSubjects(place.subjects)}
        value={node.path}
        onChange={choose}
        maxDropdownHeight={280}
      />
      {subject && node.draft ? (
        <>
          <NativeSelect
            size="xs"
            className={classes.operator}
            aria-label={t('list.operator')}
            value={node.draft.choice}
            onChange={({ currentTarget: { value } }) =>
              node.draft && onChange({ ...node, draft: { ...node.draft, choice: value as Choice } })
            }
            data={operatorsOf(subject.kind).map((choice) => ({
              value: choice,
              label: t(operatorKey(choice, subject.kind)),
            }))}
          />
          <div className={classes.value}>
            <InlineValue
              key={subject.path}
              subject={subject}
              draft={node.draft}
              onChange={(draft) => onChange({ ...node, draft })}
            />
          </div>
        </>
      ) : null}
      <ActionIcon
        className={classes.remove}
        size={30}
        aria-label={t('expression.remove', { what: subject?.label ?? t('expression.row') })}
        onClick={onRemove}
      >
        <IconX size={15} stroke={1.8} aria-hidden />
      </ActionIcon>
    </fieldset>
  );
}
