import { entities, lists, rules } from '../../src/crm/index.ts';
import { buildModel } from '../../src/engine/schema/build-model.ts';
import { systemEntities } from '../../src/engine/system/entities.ts';
import type { Model } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';

/** The model of the product, with further entities on top when a test brings its own. */
export const productModel = (more: readonly Entity[] = []): Model =>
  buildModel({ entities: [...entities, ...more, ...systemEntities], lists, rules });
