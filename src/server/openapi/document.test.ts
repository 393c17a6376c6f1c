import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { declaredRights } from '../../engine/access/declared-rights.ts';
import { type Ctx, systemWho } from '../../engine/ctx.ts';
import { locales } from '../../lib/locale.ts';
import type { Entity } from '../../model/entity.ts';
import { crmModel } from '../app/crm-model.ts';
import { openApiDocument } from './document.ts';

const model = crmModel();
const ctxOf = (o: Partial<Ctx>): Ctx =>
  ({
    who: systemWho,
    workspace: {
      name: 'main',
      schema: 'w_main',
      model,
      rights: declaredRights,
      matchingOf: ({ duplicates }: Entity) => duplicates,
    },
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    door: 'api',
    batch: null,
    ...o,
  }) as unknown as Ctx;
const sales = { userId: '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e', name: 'Ana', roles: ['sales'], teams: [] };
const documentFor = (o: Partial<Ctx>) =>
  openApiDocument(ctxOf(o), { version: '1.2.3', base: '/api/v1' }) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
    components: { schemas: Record<string, { properties: Record<string, unknown>; required?: string[] }> };
  };

describe('the OpenAPI document', () => {
  test.each(locales)('is valid by the standard in %s, for administrators and for sales', async (locale) => {
    for (const who of [systemWho, sales]) {
      const { valid, errors } = await new Validator().validate(structuredClone(documentFor({ locale, who })));
      expect(errors).toBeUndefined();
      expect(valid).toBe(true);
    }
  });

  test('every $ref leads to a schema that is there', () => {
    const document = documentFor({});
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
  });

  test('no two operations have one id', () => {
    const ids = Object.values(documentFor({}).paths).flatMap((path) =>
      Object.values(path).flatMap(({ operationId }) => operationId ?? []),
    );
    expect(ids.length).toBeGreaterThan(40);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('tells nobody of fields and verbs beyond his rights', () => {
    const document = documentFor({ who: sales });
    expect(document.components.schemas.User?.properties).not.toHaveProperty('email');
    expect(document.paths['/users']).not.toHaveProperty('post');
    expect(documentFor({}).components.schemas.User?.properties).toHaveProperty('email');
    expect(documentFor({}).paths['/users']).toHaveProperty('post');
  });

  test('tells what can be done to a record besides changing it, and what that takes', () => {
    const path = documentFor({ who: sales }).paths['/leads/{id}/convert'] as unknown as {
      post: { requestBody: { content: Record<string, { schema: { properties: object } }> } };
    };
    const { schema } = path.post.requestBody.content['application/json'] ?? {};
    expect(Object.keys(schema?.properties ?? {})).toEqual(['account', 'contact', 'opportunity']);
    const nobody = { ...sales, roles: [] };
    expect(documentFor({ who: nobody }).paths).not.toHaveProperty('/leads/{id}/convert');
  });

  test('has every entity as it is answered, created and changed', () => {
    const { schemas } = documentFor({}).components;
    for (const name of [
      'Account',
      'Contact',
      'Lead',
      'Opportunity',
      'AccountContact',
      'OpportunityContact',
    ]) {
      expect(schemas).toHaveProperty(name);
      expect(schemas[`${name}Input`]?.properties).not.toHaveProperty('createdAt');
      expect(schemas[`${name}Patch`]?.required).toEqual(['version']);
    }
  });
});
