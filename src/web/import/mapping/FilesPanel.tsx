import { ActionIcon, Button, Select, TextInput, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../../fields/field-view.tsx';
import { formatDecimal } from '../../../fields/format.browser.ts';
import type { ImportSet, ImportSetFile } from '../../../model/import.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import { Panel } from '../../../web-kit/ui/Panel.tsx';
import { useConfirm } from '../../app/confirm.tsx';
import { tellFailure } from '../../app/tell.ts';
import { useDescription } from '../../data/describe.ts';
import { useLeaveOut, useSetEntity, useSetSource } from '../import-data.ts';
import classes from './FilesPanel.module.css';
import { OtherSheets } from './OtherSheets.tsx';

/** The files of an import: what each holds, what each still needs, and which one's columns are shown below. */
export function FilesPanel({
  set,
  chosen,
  onChoose,
  beforeChange,
}: {
  readonly set: ImportSet;
  readonly chosen: string;
  readonly onChoose: (file: string) => void;
  /** Keeps what is being typed below, before a file takes another form. */
  readonly beforeChange: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const { files } = set;
  const isMany = files.length > 1;
  const unsure = files.filter(({ isEntitySure }) => !isEntitySure);
  return (
    <Panel
      title={isMany ? t('imports.set.files') : t('imports.set.file')}
      note={isMany ? t('imports.set.words') : undefined}
    >
      {unsure.length > 0 ? (
        <div className={classes.notice}>
          <Notice kind="warning" title={t('imports.set.unsure', { count: unsure.length })}>
            {t('imports.set.unsureWords', {
              files: unsure.map(({ fileName }) => t('imports.map.quoted', { name: fileName })).join(', '),
            })}
          </Notice>
        </div>
      ) : null}
      <ul className={classes.files}>
        {files.map((file) => (
          <FileLine
            key={file.id}
            set={set}
            file={file}
            isChosen={file.id === chosen}
            onChoose={() => onChoose(file.id)}
            beforeChange={beforeChange}
          />
        ))}
      </ul>
      <OtherSheets set={set} />
      {isMany ? <Source key={files[0]?.source} set={set} beforeChange={beforeChange} /> : null}
    </Panel>
  );
}

function FileLine({
  set,
  file,
  isChosen,
  onChoose,
  beforeChange,
}: {
  readonly set: ImportSet;
  readonly file: ImportSetFile;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly beforeChange: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const { entities } = useDescription();
  const setEntity = useSetEntity(file.id);
  const leaveOut = useLeaveOut(set.id);
  const confirm = useConfirm();
  const isMany = set.files.length > 1;
  const rows = t('imports.map.rows', { count: file.rows, n: formatDecimal(locale, file.rows) });
  const choices = entities
    .filter(({ importable, can }) => importable && can.import)
    .map(({ name, label }) => ({ value: name, label: label.many }));
  const state =
    file.mistakes > 0
      ? t('imports.map.mistakes', { count: file.mistakes, n: formatDecimal(locale, file.mistakes) })
      : t('imports.set.ready');

  return (
    <li className={classes.file} data-chosen={(isMany && isChosen) || undefined}>
      {isMany ? (
        <UnstyledButton className={classes.name} aria-pressed={isChosen} onClick={onChoose}>
          {file.fileName}
        </UnstyledButton>
      ) : (
        <span className={classes.name}>{file.fileName}</span>
      )}
      <span className={classes.rows}>{rows}</span>
      <span className={classes.entity}>
        <Select
          aria-label={t('imports.set.entityOf', { file: file.fileName })}
          data={choices}
          value={file.entity}
          allowDeselect={false}
          error={!file.isEntitySure}
          disabled={setEntity.isPending}
          onChange={(entity) => {
            if (!entity || entity === file.entity) return;
            void beforeChange()
              .then(() => setEntity.mutateAsync(entity))
              .then(onChoose)
              .catch(tellFailure);
          }}
        />
        {file.isEntitySure ? null : (
          <Button
            variant="default"
            size="xs"
            loading={setEntity.isPending}
            onClick={() => setEntity.mutate(file.entity, { onError: tellFailure })}
          >
            {t('imports.set.confirm')}
            <span className="r-hidden"> {file.fileName}</span>
          </Button>
        )}
      </span>
      <span className={classes.state} data-wrong={file.mistakes > 0 || undefined}>
        {file.mistakes > 0 ? <IconAlertTriangle size={15} stroke={1.7} aria-hidden /> : null}
        {state}
      </span>
      {isMany ? (
        <ActionIcon
          size={32}
          aria-label={t('imports.set.leaveOut', { file: file.fileName })}
          onClick={() =>
            confirm({
              title: t('imports.set.leaveOutTitle', { file: file.fileName }),
              words: t('imports.set.leaveOutWords'),
              label: t('imports.set.leaveOutLabel'),
              onConfirm: () => leaveOut.mutate(file.id, { onError: tellFailure }),
            })
          }
        >
          <IconTrash size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      ) : null}
    </li>
  );
}

/** Where all the files come from: under this name their ids are known, which is how they find one another. */
function Source({
  set,
  beforeChange,
}: {
  readonly set: ImportSet;
  readonly beforeChange: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const sources = new Set(set.files.map(({ source }) => source));
  const [typed, setTyped] = useState(sources.size === 1 ? (set.files[0]?.source ?? '') : '');
  const save = useSetSource(set.id);
  const isSame = sources.size === 1 && sources.has(typed.trim());

  return (
    <TextInput
      className={classes.source}
      label={t('imports.set.source')}
      description={t('imports.set.sourceWords')}
      placeholder={sources.size > 1 ? [...sources].join(', ') : undefined}
      value={typed}
      error={save.error?.message}
      maxLength={60}
      spellCheck={false}
      onChange={({ currentTarget: { value } }) => setTyped(value)}
      onBlur={() => {
        if (isSame || typed.trim() === '') return;
        void beforeChange()
          .then(() => save.mutateAsync(typed.trim()))
          .catch(() => undefined);
      }}
    />
  );
}
