import type { BaseList } from '../../model/base-list.ts';
import type { Rule } from '../../model/rule.ts';
import { baseValueRules } from './base-value.rules.ts';
import { customRules } from './custom.rules.ts';
import { numberSeriesRules } from './number-series.rules.ts';
import { roleRules } from './role.rules.ts';
import { userRules } from './user.rules.ts';

/** Every rule of the entities the engine itself needs, in a model with these lists. */
export const systemRules = (lists: readonly BaseList[]): readonly Rule[] => [
  ...roleRules,
  ...userRules,
  ...baseValueRules(lists),
  ...customRules,
  ...numberSeriesRules,
];
