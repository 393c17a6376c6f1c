import { entities, lists, rules, verbs } from '../../crm/index.ts';
import { buildModel } from '../../engine/schema/build-model.ts';
import { systemEntities } from '../../engine/system/entities.ts';
import { systemRules } from '../../engine/system/rules.ts';
import type { Model } from '../../model/declarations.ts';

/** The model that is served: what the business declares and what the engine itself needs, verified together. */
export const crmModel = (): Model =>
  buildModel({
    entities: [...entities, ...systemEntities],
    lists,
    rules: [...rules, ...systemRules(lists)],
    verbs,
  });
