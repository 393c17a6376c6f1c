import type { Entity } from '../../model/entity.ts';
import { baseValue } from './base-value.ts';
import { importBatch } from './import-batch.ts';
import { numberSeries } from './number-series.ts';
import { role } from './role.ts';
import { securityEvent } from './security-event.ts';
import { team } from './team.ts';
import { user } from './user.ts';

/** The entities the engine itself needs. */
export const systemEntities: readonly Entity[] = [
  user,
  team,
  role,
  baseValue,
  numberSeries,
  importBatch,
  securityEvent,
];
