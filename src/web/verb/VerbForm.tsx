import { Button } from '@mantine/core';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '../../fields/day-text.browser.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import type { EntityDescription, VerbDescription } from '../../model/description.ts';
import type { Duplicate } from '../../model/duplicate.ts';
import type { ReferenceValue } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import type { VerbOffer } from '../../model/verb-offer.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { entityNamed, useDescription } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { useDoVerb } from '../data/verbs.ts';
import { duplicatesOf } from '../duplicates/use-duplicates.ts';
import type { Draft } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import { focusMistake } from '../form/focus-mistake.ts';
import { formKey } from '../form/form-keys.ts';
import { mistakesOf } from '../form/mistakes.ts';
import { newDraft } from '../form/new-draft.ts';
import { UnsavedGuard } from '../form/UnsavedGuard.tsx';
import {
  otherWords,
  problemOf,
  type SectionDescription,
  type SectionDraft,
  sentOf,
  startOf,
  takenFields,
} from './section-draft.ts';
import classes from './VerbScreen.module.css';
import { VerbSection } from './VerbSection.tsx';

const none: readonly Duplicate[] = [];

/** A section that the reader can use, with the entity it makes a record of. */
interface Usable {
  readonly section: SectionDescription;
  readonly entity: EntityDescription;
}

/** What a verb asks for: its fields, its sections, and doing it by button or keyboard. */
export function VerbForm({
  entity,
  verb,
  id,
  offer,
  chosen,
  onDone,
  onCancel,
}: {
  readonly entity: EntityDescription;
  readonly verb: VerbDescription;
  readonly id: string;
  readonly offer: VerbOffer;
  /** Records that were chosen for sections before. */
  readonly chosen: Readonly<Record<string, ReferenceValue>>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const me = useMe();
  const { timeZone } = useFieldView();
  const form = useRef<HTMLFormElement>(null);
  const idPrefix = useId();
  const isDone = useRef(false);
  const doing = useDoVerb(entity, verb, id);
  const usable = useMemo(
    () =>
      verb.sections.flatMap((section): readonly Usable[] => {
        const of = entityNamed(description, section.entity);
        return of && offer.sections[section.name] ? [{ section, entity: of }] : [];
      }),
    [verb, description, offer],
  );
  const start = useMemo(
    () =>
      Object.fromEntries(
        usable.map(({ section, entity: of }) => {
          const offered = offer.sections[section.name] ?? { wanted: false, values: {}, existing: null };
          const defaults = newDraft(of, me, todayIn(timeZone), {});
          return [section.name, startOf(of, offered, defaults, chosen[section.name] ?? null)];
        }),
      ),
    [usable, offer, chosen, me, timeZone],
  );
  const [drafts, setDrafts] = useState<Readonly<Record<string, SectionDraft>>>(start);
  const [values, setValues] = useState<Draft>({});
  // Sections under which records are shown that may be there already.
  const [hinted, setHinted] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<{
    readonly drafts: Readonly<Record<string, SectionDraft>>;
    readonly found: readonly Duplicate[];
  } | null>(null);
  const found = refused?.drafts === drafts ? refused.found : none;
  // Once records like it are shown, who does it means it.
  const isThere = hinted.size > 0 || found.length > 0;
  const isDirty = !sameValue(drafts, start) || Object.keys(values).length > 0;
  const places = [...verb.fields.map(({ name }) => name), ...usable.map(({ section }) => section.name)];
  const others = otherWords(doing.error, places);
  const fieldMistakes = mistakesOf(doing.error, new Set(verb.fields.map(({ name }) => name))).fields;

  useEffect(() => {
    if (form.current && doing.error instanceof ApiProblem)
      focusMistake(form.current, idPrefix, doing.error.mistakes);
  }, [doing.error, idPrefix]);

  const onHinted = useCallback((section: string, isHinted: boolean): void => {
    setHinted((before) => {
      if (before.has(section) === isHinted) return before;
      const after = new Set(before);
      if (isHinted) after.add(section);
      else after.delete(section);
      return after;
    });
  }, []);

  function submit(): void {
    if (doing.isPending) return;
    const sections = usable.flatMap(({ section, entity: of }) => {
      const draft = drafts[section.name];
      const offered = offer.sections[section.name];
      const sent = draft && offered ? sentOf(of, draft, offered, takenFields(section, drafts)) : null;
      return sent === null ? [] : [[section.name, sent] as const];
    });
    doing.mutate(
      { input: { ...values, ...Object.fromEntries(sections) }, refusesDuplicates: !isThere },
      {
        onSuccess: () => {
          isDone.current = true;
          onDone();
        },
        onError: (error) => setRefused({ drafts, found: duplicatesOf(error) ?? none }),
      },
    );
  }

  return (
    <form
      ref={form}
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        submit();
      }}
      onKeyDown={(event) => {
        const key = formKey(event);
        if (!key) return;
        event.preventDefault();
        if (key === 'cancel') onCancel();
        else submit();
      }}
    >
      <UnsavedGuard isDirty={() => !isDone.current && isDirty} />
      {doing.error && !duplicatesOf(doing.error) ? (
        <div className={classes.notice}>
          <Notice title={doing.error instanceof ApiProblem ? doing.error.title : t('connection.title')}>
            {doing.error instanceof ApiProblem
              ? others.map((words) => <div key={words}>{words}</div>)
              : t('form.kept')}
          </Notice>
        </div>
      ) : null}
      {verb.fields.length > 0 ? (
        <div className={classes.grid}>
          {verb.fields.map((field) => (
            <FormField
              key={field.name}
              id={`${idPrefix}-${field.name}`}
              field={field}
              value={values[field.name] ?? field.default}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
              mistake={fieldMistakes[field.name]}
              disabled={doing.isPending}
            />
          ))}
        </div>
      ) : null}
      {usable.map(({ section, entity: of }) => {
        const draft = drafts[section.name];
        return draft ? (
          <VerbSection
            key={section.name}
            entity={of}
            section={section}
            draft={draft}
            from={id}
            offered={offer.sections[section.name]?.values ?? {}}
            found={found}
            onHinted={onHinted}
            related={existingOf(section, drafts)}
            taken={takenFields(section, drafts)}
            error={problemOf(doing.error, section.name)}
            idPrefix={`${idPrefix}-${section.name}`}
            isBusy={doing.isPending}
            onChange={(changed) => setDrafts((before) => ({ ...before, [section.name]: changed }))}
          />
        ) : null;
      })}
      <div className={classes.foot}>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={doing.isPending}>
          {isThere ? t('duplicates.doAnyway', { act: verb.label }) : verb.label}
        </Button>
      </div>
    </form>
  );
}

/** The records chosen in other sections that fields of this one will name. */
const existingOf = (
  section: SectionDescription,
  drafts: Readonly<Record<string, SectionDraft>>,
): Readonly<Record<string, NonNullable<SectionDraft['existing']>>> =>
  Object.fromEntries(
    Object.entries(section.from).flatMap(([field, other]) => {
      const draft = drafts[other];
      return draft?.isWanted && draft.takesExisting && draft.existing
        ? [[field, draft.existing] as const]
        : [];
    }),
  );
