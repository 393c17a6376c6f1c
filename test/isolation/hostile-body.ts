/** A part of a JSON Schema, as our OpenAPI document writes it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly readOnly?: boolean;
}

/**
 * A body that a schema takes, with `idOf` wherever an id may stand. `idOf` hears the name of the member that is to hold
 * it. Deep or endless schemas are cut off.
 */
export function hostileBody(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  idOf: (member: string) => string,
  member = '',
  depth = 0,
): unknown {
  const into = (inner: Schema, name = member): unknown => hostileBody(inner, schemas, idOf, name, depth + 1);
  if (depth > 6) return undefined;
  if (schema.$ref) return into(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const [one] = schema.oneOf ?? schema.anyOf ?? [];
  if (one) return into(one);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((each) => into(each))) as unknown;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([, each]) => !each.readOnly)
        .map(([name, each]) => [name, into(each, name)]),
    );
  if (type === 'array') return schema.items ? [into(schema.items)] : [];
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  if (type === 'object') return {};
  if (schema.format === 'uuid') return idOf(member);
  return type === 'string' ? 'x' : idOf(member);
}
