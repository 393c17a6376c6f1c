import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { BulkOrder } from '../../model/bulk.ts';
import type { EntityDescription } from '../../model/description.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { EditingProvider } from '../form/EditingProvider.tsx';
import { type FieldMistake, mistakesOf } from '../form/mistakes.ts';
import { useBulk } from './bulk-data.ts';
import { type Chosen, namedBy } from './chosen.ts';

/** Asks what many records get, says how many they are, tries it first where that is wanted, and begins. */
export function OrderForm({
  entity,
  chosen,
  order,
  place,
  names,
  title,
  words,
  isReady,
  onDone,
  onClose,
  children,
}: {
  readonly entity: EntityDescription;
  readonly chosen: Chosen;
  readonly order: () => Pick<BulkOrder, 'verb' | 'values' | 'input'>;
  /** Under which name the order holds the fields that are asked for. */
  readonly place: 'values' | 'input';
  readonly names: readonly string[];
  readonly title: string;
  readonly words: string;
  readonly isReady: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly children?: (mistakes: Readonly<Record<string, FieldMistake>>, isBusy: boolean) => ReactNode;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const bulk = useBulk(entity);
  const { count } = chosen;
  const { fields, others } = mistakesOf(within(bulk.error, place), new Set(names));
  const begin = (dryRun: boolean): void =>
    bulk.mutate(
      { ...namedBy(chosen), ...order(), ...(dryRun ? { dryRun } : {}) },
      { onSuccess: dryRun ? onClose : onDone },
    );
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!bulk.isPending) begin(false);
        }}
      >
        <Stack gap="sm">
          {bulk.error && (others.length > 0 || Object.keys(fields).length === 0) ? (
            <Notice>
              {others.length > 0 ? others.map((other) => <div key={other}>{other}</div>) : bulk.error.message}
            </Notice>
          ) : null}
          {children ? <EditingProvider>{children(fields, bulk.isPending)}</EditingProvider> : null}
          <Text size="sm" className="r-muted">
            {words}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button variant="default" disabled={!isReady || bulk.isPending} onClick={() => begin(true)}>
              {t('bulk.tryFirst')}
            </Button>
            <Button type="submit" loading={bulk.isPending} disabled={!isReady}>
              {count === null
                ? t('bulk.doToAll')
                : t('bulk.doTo', { count, n: formatDecimal(locale, count) })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A refused order with its mistakes named as the fields of the form are: `values.name` → `name`. */
function within(error: Error | null, place: string): Error | null {
  if (!(error instanceof ApiProblem)) return error;
  return new ApiProblem(error.status, {
    ...error.document,
    mistakes: error.mistakes.map((mistake) => ({
      ...mistake,
      field: mistake.field.startsWith(`${place}.`) ? mistake.field.slice(place.length + 1) : mistake.field,
    })),
  });
}
