import type { Entity } from '../../model/entity.ts';
import { baseValue } from './base-value.ts';
import { customEntity } from './custom-entity.ts';
import { customField } from './custom-field.ts';
import { customRelation } from './custom-relation.ts';
import { duplicateRule } from './duplicate-rule.ts';
import { fieldRight } from './field-right.ts';
import { importBatch } from './import-batch.ts';
import { numberSeries } from './number-series.ts';
import { right } from './right.ts';
import { role } from './role.ts';
import { savedView } from './saved-view.ts';
import { securityEvent } from './security-event.ts';
import { team } from './team.ts';
import { user } from './user.ts';
import { validationRule } from './validation-rule.ts';
import { viewChoice } from './view-choice.ts';

/** The entities the engine itself needs. */
export const systemEntities: readonly Entity[] = [
  user,
  team,
  role,
  right,
  fieldRight,
  baseValue,
  numberSeries,
  importBatch,
  savedView,
  viewChoice,
  customEntity,
  customField,
  customRelation,
  validationRule,
  duplicateRule,
  securityEvent,
];
