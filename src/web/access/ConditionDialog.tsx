import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describedScope } from '../../expression/described-scope.ts';
import { examine } from '../../expression/examine.ts';
import type { RoleEntity } from '../../model/role-matrix.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import classes from '../admin/Admin.module.css';
import { useDescription } from '../data/describe.ts';
import { ExpressionEditor } from '../expression/ExpressionEditor.tsx';
import { FormDialog } from '../form/FormDialog.tsx';
import { currentLocale } from '../i18n/i18n.ts';
import { useDecide } from './access-queries.ts';

/** The condition that narrows a role's right to some records, as an expression; the server checks it. */
export function ConditionDialog({
  role,
  row,
  onClose,
}: {
  readonly role: string;
  readonly row: RoleEntity;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(row.decided?.where ?? '');
  const [isTried, setTried] = useState(false);
  const decide = useDecide(role);
  const description = useDescription();
  const scope = useMemo(() => describedScope(description, row.entity), [description, row.entity]);
  const wrong = mistakesByField(decide.error);
  // What the editor itself says isn't said twice.
  const isUnderstood = scope !== null && examine(text, scope, currentLocale()).mistakes.length === 0;

  function submit(): void {
    setTried(true);
    decide.mutate({ of: row, where: text.trim() === '' ? null : text.trim() }, { onSuccess: onClose });
  }

  return (
    <FormDialog
      isWide
      title={`${row.label}: ${t('access.condition')}`}
      button={t('common.save')}
      save={decide}
      fields={['where']}
      onSubmit={submit}
      onClose={onClose}
    >
      {scope ? (
        <div>
          <div className={classes.label}>{t('access.condition')}</div>
          <ExpressionEditor
            scope={scope}
            value={text}
            onChange={setText}
            onSubmit={submit}
            label={t('access.condition')}
            isInsisted={isTried}
            autoFocus
          />
          {wrong['where'] && isUnderstood ? <div className={classes.wrong}>{wrong['where']}</div> : null}
          <p className={classes.told}>{t('access.conditionWords')}</p>
        </div>
      ) : null}
    </FormDialog>
  );
}
