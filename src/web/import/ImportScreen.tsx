import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Failure } from '../app/Failure.tsx';
import { Pending } from '../app/Pending.tsx';
import { CheckStep } from './CheckStep.tsx';
import { importQuery, useForgetRecords } from './import-data.ts';
import { stepOf } from './import-steps.ts';
import { MapStep } from './mapping/MapStep.tsx';
import { RunStep } from './RunStep.tsx';

/** One import, at the step where it stands; whoever leaves and returns finds it there again. */
export function ImportScreen() {
  const { id } = useParams({ strict: false }) as { readonly id: string };
  const { step: wanted } = useSearch({ strict: false }) as { readonly step?: string };
  const { data: draft, error, refetch } = useQuery(importQuery(id));
  const forget = useForgetRecords();
  const wasBusy = useRef(false);

  // A job that ends has changed records, lists of values and the list of imports.
  useEffect(() => {
    if (wasBusy.current && draft?.isBusy === false) forget();
    wasBusy.current = draft?.isBusy === true;
  }, [draft?.isBusy, forget]);

  if (!draft) return error ? <Failure error={error} reset={() => void refetch()} /> : <Pending />;
  const step = stepOf(draft, wanted);
  if (step === 'columns') return <MapStep key={draft.id} draft={draft} />;
  if (step === 'check') return <CheckStep draft={draft} />;
  return <RunStep draft={draft} />;
}
