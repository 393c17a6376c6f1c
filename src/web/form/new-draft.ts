import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { Me } from '../data/me.ts';
import type { Draft } from './draft.ts';

/** What a new record starts with: the defaults of its fields, then what the way here filled in. */
export function newDraft(entity: EntityDescription, me: Me, today: string, prefill: Draft): Draft {
  const defaults = entity.fields
    .filter((field) => !field.readOnly)
    .map((field) => [field.name, defaultOf(field, me, today)] as const)
    .filter(([, value]) => value !== null);
  return { ...Object.fromEntries(defaults), ...prefill };
}

function defaultOf(field: FieldDescription, me: Me, today: string): unknown {
  if (field.default === 'me' && field.type === 'reference') return { id: me.user.id, label: me.user.name };
  if (field.default === 'my-teams') return me.user.teams.length > 0 ? me.user.teams : null;
  if (field.default === 'today') return today;
  return field.default;
}

/** A value out of an address (`?stage=proposal&account=<id>`); references still lack their label. */
export function prefilled(field: FieldDescription, text: string): unknown {
  switch (field.type) {
    case 'reference':
      return { id: text, label: null };
    case 'references':
      return text.split(',').map((id) => ({ id, label: null }));
    case 'checkbox':
      return text === 'true' || text === '1';
    case 'number':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'multi-choice':
      return text.split(',');
    case 'money': {
      const [amount = '', currency] = text.split(' ');
      return { amount, ...(currency ? { currency } : {}) };
    }
    case 'person-name': {
      const words = text.trim().split(/\s+/);
      const last = words.length > 1 ? words.pop() : null;
      return { first: words.join(' '), middle: null, last: last ?? null };
    }
    case 'any-reference': {
      const [, entity, id] = /^([a-z0-9-]+):(\S+)$/.exec(text) ?? [];
      return entity && id && field.to.includes(entity) ? { entity, id, label: null } : undefined;
    }
    case 'address':
      return undefined;
    default:
      return text;
  }
}
