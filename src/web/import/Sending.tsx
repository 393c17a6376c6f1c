import { Progress as Bar, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { numberFormat } from '../../fields/format.browser.ts';
import { useSetTitle } from './use-set-title.ts';

/** How much of the files has left the browser; then they are read, which takes a moment too. */
export function Sending({
  files,
  sent,
  onCancel,
}: {
  readonly files: readonly File[];
  /** 0 to 1. */
  readonly sent: number;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const file = useSetTitle(files.map(({ name }) => name));
  return (
    <div role="status">
      <p>{sent < 1 ? t('imports.new.uploading', { file }) : t('imports.new.reading')}</p>
      <Bar
        value={sent * 100}
        size="lg"
        radius="xl"
        striped={sent >= 1}
        animated={sent >= 1}
        aria-label={t('imports.new.uploading', { file })}
      />
      <p className="r-muted">{numberFormat(locale, { style: 'percent' }).format(sent)}</p>
      <Button variant="default" onClick={onCancel}>
        {t('imports.new.cancel')}
      </Button>
    </div>
  );
}
