import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionText } from '../../test/expression/generated-expression.ts';
import { codes, model, opportunity } from '../../test/expression/sample-model.ts';
import { labels } from '../lib/locale.ts';
import { complete } from './complete.ts';

const scope = { entity: opportunity, model, codes };
/** The labels offered where a bar stands in the text. */
function offered(marked: string, within = scope): readonly string[] {
  const at = marked.indexOf('¦');
  return complete(marked.replace('¦', ''), at, within).options.map(({ label }) => label);
}

describe('what may follow', () => {
  test.each([
    ['¦', ['amount', 'not', 'any'], ['and', 'changed', '=']],
    ['amo¦', ['amount'], ['name']],
    ['amount ¦', ['=', '>', 'in', 'is empty'], ['contains', 'and']],
    ['name ¦', ['contains', 'starts with'], ['and']],
    ['name starts ¦', ['with'], ['and']],
    ['amount > 5 ¦', ['and', 'or'], ['=', 'name']],
    ['urgent ¦', ['and', '='], ['<']],
    ['amount > 5 and ¦', ['name', 'not'], ['and']],
    ['stage = ¦', ['proposal', 'closed-won'], ['open']],
    ['stage.¦', ['class', 'active'], ['amount']],
    ['stage.class = w¦', ['won'], ['open']],
    ['stage in (new, ¦', ['proposal'], ['and']],
    ['owner = ¦', ['me'], ['my teams', 'today']],
    ['teams in ¦', ['my teams'], ['me']],
    ['closeDate > t¦', ['today'], ['now']],
    ['account.¦', ['name', 'parent'], ['amount', 'and']],
    ['account.parent.na¦', ['name'], ['notes']],
    ['amount.¦', ['currency'], ['name']],
    ['name is ¦', ['empty', 'not empty'], ['and']],
    ['any(¦', ['visits', 'hosts', 'account'], ['amount', 'name']],
    ['any(visits, ¦', ['minutes', 'topic', 'not'], ['amount']],
    ['any(visits, host = ¦', ['me'], []],
    ['any(account.opportunities, any(visits, min¦', ['minutes', 'min'], ['amount']],
    ['any(visits, minutes > 1) and ¦', ['amount'], ['minutes']],
    ['name = "am¦', [], ['amount']],
    ['nowhere.¦', [], ['name']],
  ])('at %s', (text, wanted, unwanted) => {
    const found = offered(text);
    expect(found).toEqual(expect.arrayContaining(wanted));
    expect(found.filter((label) => unwanted.includes(label))).toEqual([]);
  });

  test('is found by its name for people too, after what is written so', () => {
    const labelled = {
      ...scope.entity.fields.amount,
      label: labels('Deal size', 'Volume de l’affaire', 'Tamaño'),
    };
    const named = {
      ...scope,
      entity: { ...opportunity, fields: { ...opportunity.fields, amount: labelled } },
    };
    expect(offered('tama¦', named as typeof scope)).toEqual(['amount']);
    expect(offered('affai¦', named as typeof scope)).toEqual(['amount']);
    expect(offered('na¦')[0]).toBe('name');
  });

  test('replaces the word that is begun, on both sides of the position', () => {
    expect(complete('amount > 5 and account.nam = 3', 25, scope)).toMatchObject({ from: 23, to: 26 });
    expect(complete('nam', 1, scope)).toMatchObject({ from: 0, to: 3 });
  });

  test('is never what is hidden', () => {
    const hiding = { ...scope, hidden: (_: unknown, field: { name: string }) => field.name === 'amount' };
    expect(complete('am', 2, hiding).options).toEqual([]);
    expect(complete('amount.', 7, hiding).options).toEqual([]);
  });

  test('names functions about a change where one is at hand', () => {
    const [first] = complete('chan', 4, { ...scope, change: true }).options;
    expect(first?.apply).toBe('changed(');
    expect(offered('chan¦')).not.toContain('changed');
  });

  test('is answered at every place of everything', () => {
    fc.assert(
      fc.property(
        fc.oneof(expressionText(), fc.string({ unit: 'binary', maxLength: 60 })),
        fc.nat(),
        (text, at) => {
          const { from, to } = complete(text, at % (text.length + 1), scope);
          expect(from >= 0 && from <= to && to <= text.length).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
