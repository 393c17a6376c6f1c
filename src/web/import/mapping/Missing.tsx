import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportDraft } from '../../../model/import.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import classes from './Missing.module.css';
import { constantId, missingTargets, withOption } from './mapping-edit.ts';
import type { MappingEdit } from './use-mapping.ts';

/** What new records need and the file doesn't give, with the way to give it. */
export function Missing({
  draft,
  edit: { mapping, change },
  isRefused,
}: {
  readonly draft: ImportDraft;
  readonly edit: MappingEdit;
  /** The check was asked for and can't be made like this. */
  readonly isRefused: boolean;
}) {
  const { t } = useTranslation();
  const missing = missingTargets(draft.targets, mapping);
  if (missing.length === 0) return null;
  return (
    <div className={classes.notice}>
      <Notice kind={isRefused ? 'danger' : 'warning'} title={t('imports.map.missingTitle')}>
        <ul className={classes.missing}>
          {missing.map((target) => (
            <li key={target.to}>
              <span>{t('imports.map.missing', { field: target.label })}</span>
              {target.kind === 'key' || target.kind === 'link' ? null : (
                <Button
                  variant="default"
                  size="compact-xs"
                  onClick={() => {
                    change((before) =>
                      withOption(before, 'constants', [
                        ...(before.constants ?? []),
                        { to: target.to, value: '' },
                      ]),
                    );
                    // It stands further down: whoever asked for it is brought there.
                    requestAnimationFrame(() => document.getElementById(constantId(target.to))?.focus());
                  }}
                >
                  {t('imports.map.giveValue')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
