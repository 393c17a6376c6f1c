import type { Rule } from '../../model/rule.ts';
import { baseValueRules } from './base-value.rules.ts';
import { userRules } from './user.rules.ts';

/** Every rule of the entities the engine itself needs. */
export const systemRules: readonly Rule[] = [...userRules, ...baseValueRules];
