import type { Model } from '../../model/declarations.ts';
import type { Db } from '../ctx.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { extendModel } from './extend-model.ts';

/** The last model made of each model that code declares; asking again for the same gives the same object. */
const made = new WeakMap<Model, Map<string, Made>>();

/** Held weakly: the model of a workspace that nobody serves any more is given back. */
interface Made {
  readonly key: string;
  readonly model: WeakRef<Model>;
}

/**
 * The model of a workspace: what code declares and what an administrator declared there. As long as nobody declares
 * anything else it is the same object, so that what was worked out from it once holds on.
 */
export async function fullModel(db: Db, schema: string, base: Model): Promise<Model> {
  return modelOf(schema, base, await readDeclarations(db, schema));
}

/** `fullModel` of declarations at hand. */
export function modelOf(schema: string, base: Model, declared: Declarations): Model {
  const { entities, fields, relations, unbuilt } = declared;
  if (entities.length + fields.length + relations.length === 0) return base;
  const key = JSON.stringify([entities, fields, relations, unbuilt]);
  const bySchema = made.get(base) ?? new Map<string, Made>();
  made.set(base, bySchema);
  const known = bySchema.get(schema);
  const same = known?.key === key ? known.model.deref() : undefined;
  if (same) return same;
  const { model } = extendModel(base, declared);
  bySchema.set(schema, { key, model: new WeakRef(model) });
  return model;
}
