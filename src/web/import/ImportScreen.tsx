import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Failure } from '../app/Failure.tsx';
import { Pending } from '../app/Pending.tsx';
import { paths } from '../app/paths.ts';
import { CheckStep } from './CheckStep.tsx';
import { importSetQuery, useForgetRecords } from './import-data.ts';
import { stepOf } from './import-steps.ts';
import { MapStep } from './mapping/MapStep.tsx';
import { RunStep } from './RunStep.tsx';

/** One import, at the step where it stands; whoever leaves and returns finds it there again. */
export function ImportScreen() {
  const { id } = useParams({ strict: false }) as { readonly id: string };
  const { step: wanted } = useSearch({ strict: false }) as { readonly step?: string };
  const navigate = useNavigate();
  const { data: set, error, refetch } = useQuery(importSetQuery(id));
  const forget = useForgetRecords();
  const wasBusy = useRef(false);

  // A job that ends has changed records, lists of values and the list of imports.
  useEffect(() => {
    if (wasBusy.current && set?.isBusy === false) forget();
    wasBusy.current = set?.isBusy === true;
  }, [set?.isBusy, forget]);

  // The history of a record knows the file; the import that it was part of answers to its id too.
  useEffect(() => {
    if (set && set.id !== id) void navigate({ to: paths.import(set.id) as '/', replace: true });
  }, [set, id, navigate]);

  if (!set) return error ? <Failure error={error} reset={() => void refetch()} /> : <Pending />;
  const step = stepOf(set, wanted);
  if (step === 'columns') return <MapStep set={set} />;
  if (step === 'check') return <CheckStep set={set} />;
  return <RunStep set={set} />;
}
