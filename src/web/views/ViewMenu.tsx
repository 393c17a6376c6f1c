import { Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceFloppy,
  IconEdit,
  IconHome,
  IconPlus,
  IconStar,
  IconTrash,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { allRecords } from '../../model/view.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { tell, tellFailure } from '../app/tell.ts';
import { useEntity } from '../data/describe.ts';
import type { ListState } from '../list/use-list-state.ts';
import { useRemoval } from '../record/use-removal.ts';
import { useCurrentView } from './use-current-view.ts';
import classes from './ViewMenu.module.css';
import { type ChoiceKind, type ListedView, useViewWrites } from './view-data.ts';

const ViewDialog = lazy(async () => ({ default: (await import('./ViewDialog.tsx')).ViewDialog }));

/** The views of a list: which is shown, the others, and what can be done with them. */
export function ViewMenu(props: { readonly entity: EntityDescription; readonly state: ListState }) {
  const saved = useEntity('saved-view');
  return saved ? <OfEntity {...props} saved={saved} /> : null;
}

function OfEntity({
  entity,
  state,
  saved,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
  readonly saved: EntityDescription;
}) {
  const { t } = useTranslation();
  const { views, current, isMissing, isModified, open } = useCurrentView(entity, state);
  const { change, choose } = useViewWrites();
  const removal = useRemoval(saved);
  const [dialog, setDialog] = useState<'new' | 'edit' | null>(null);
  const key = current?.key ?? allRecords;
  const record = current?.record ?? null;
  const isDefault = (views.choiceOf('default')?.['view'] ?? allRecords) === key;
  const favourite = views.choiceOf('favourite', key);
  const name = current?.name ?? t('views.all', { entity: entity.label.many });

  function save(): void {
    if (!record) return;
    const values = {
      where: state.search.where ?? null,
      sort: state.sort,
      columns: state.columns.map(({ field }) => field.name).join(','),
    };
    change.mutate(
      { record, values },
      { onSuccess: () => tell(t('views.saved', { name })), onError: tellFailure },
    );
  }

  function setChoice(as: ChoiceKind, on: boolean): void {
    const before = as === 'default' ? views.choiceOf('default') : favourite;
    choose.mutate({ entity: entity.name, view: on ? key : null, as, before }, { onError: tellFailure });
  }

  const section = (label: string, of: readonly ListedView[]) =>
    of.length === 0 ? null : (
      <>
        <Menu.Label>{label}</Menu.Label>
        {of.map((view) => (
          <Menu.Item
            key={view.key}
            aria-current={view.key === key || undefined}
            className={classes.view}
            onClick={() => open(view)}
          >
            {view.name}
          </Menu.Item>
        ))}
      </>
    );

  return (
    <>
      <Menu position="bottom-start" width={300} shadow="md" withinPortal={false}>
        <Menu.Target>
          <Button
            size="xs"
            h={32}
            variant="default"
            className={classes.button}
            rightSection={<IconChevronDown size={15} stroke={1.8} aria-hidden />}
            aria-label={t(isModified ? 'views.shownChanged' : 'views.shown', { name })}
          >
            <span className="r-ellipsis">{name}</span>
            {isModified ? <span className={classes.dot} title={t('views.modified')} /> : null}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          <Menu.Item
            aria-current={key === allRecords || undefined}
            className={classes.view}
            onClick={() => open(null)}
          >
            {t('views.all', { entity: entity.label.many })}
          </Menu.Item>
          {views.standard.map((view) => (
            <Menu.Item
              key={view.key}
              aria-current={view.key === key || undefined}
              className={classes.view}
              onClick={() => open(view)}
            >
              {view.name}
            </Menu.Item>
          ))}
          {section(t('views.mine'), views.mine)}
          {section(t('views.shared'), views.others)}
          <Menu.Divider />
          {record?.can.update && isModified ? (
            <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={save}>
              {t('views.save', { name })}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('new')}>
            {t('views.saveAs')}
          </Menu.Item>
          {record?.can.update ? (
            <Menu.Item leftSection={<IconEdit size={16} aria-hidden />} onClick={() => setDialog('edit')}>
              {t('views.edit')}
            </Menu.Item>
          ) : null}
          {isDefault ? null : (
            <Menu.Item
              leftSection={<IconHome size={16} aria-hidden />}
              onClick={() => setChoice('default', true)}
            >
              {t('views.makeDefault')}
            </Menu.Item>
          )}
          {key === allRecords ? null : (
            <Menu.Item
              leftSection={<IconStar size={16} aria-hidden />}
              onClick={() => setChoice('favourite', !favourite)}
            >
              {favourite ? t('views.unpin') : t('views.pin')}
            </Menu.Item>
          )}
          {record?.can.remove ? (
            <Menu.Item
              color="brick"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() =>
                void removal.remove(record, name, {
                  words: t('views.removed', { name }),
                  onRemoved: () => open(null),
                })
              }
            >
              {t('views.remove')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isMissing ? (
        <div className={classes.missing}>
          <Notice kind="warning">{t('views.missing')}</Notice>
        </div>
      ) : null}
      {dialog ? (
        <Suspense fallback={null}>
          <ViewDialog
            entity={entity}
            saved={saved}
            state={state}
            view={dialog === 'edit' ? current : null}
            onClose={() => setDialog(null)}
            onSaved={(view) => {
              setDialog(null);
              if (view) open(view);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
