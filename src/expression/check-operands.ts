import type { SyntaxNode } from '@lezer/common';
import { calculate, clockWord, ungrouped } from './check-constants.ts';
import { type Checking, fieldOf, mistaken, segmentsOf, sourceOf } from './checking.ts';
import { isPlural, kindLabels } from './kinds.ts';
import { meaningMessages } from './messages.ts';
import { isMoment } from './moments.ts';
import { nearest } from './nearest.ts';
import { quote, unquote } from './quote.ts';
import { isUnresolved, knownCodes, namedEntities, resolvePath } from './scope.ts';
import type { Constant, Operand, ResolvedPath } from './tree.ts';
import { isUuid } from './uuid.ts';
import { isDay } from './values.ts';

/** Reads what a path is compared with, as the path's kind asks; null with a mistake when it doesn't fit. */
export function operandOf(checking: Checking, node: SyntaxNode, path: ResolvedPath): Operand | null {
  const inner = ungrouped(node);
  const source = sourceOf(checking, inner);
  if (inner.name === 'Path' && /^(?:empty|null)$/i.test(source)) return { is: 'nothing' };
  if (inner.name === 'MyTeams') return myTeams(checking, inner, path);
  if (inner.name === 'Path' && source.toLowerCase() === 'me') return me(checking, inner, path);
  if (inner.name === 'Call') return otherPath(checking, inner, path);
  if (path.kind === 'code' || path.kind === 'codes') return codeOf(checking, inner, path);
  if (inner.name === 'Path' && !clockWord(source)) return otherPath(checking, inner, path);
  return constantOf(checking, inner, path);
}

function constantOf(checking: Checking, node: SyntaxNode, path: ResolvedPath): Constant | null {
  const source = sourceOf(checking, node);
  const text = node.name === 'String' ? unquote(source) : null;
  switch (path.kind) {
    case 'text':
      if (text !== null) return { is: 'text', value: text };
      return wrongType(checking, node, path, [quote(source)]);
    case 'boolean':
      if (node.name === 'Boolean') return { is: 'boolean', value: source.toLowerCase() === 'true' };
      return wrongType(checking, node, path, ['true', 'false']);
    case 'number': {
      if (text !== null)
        return wrongType(checking, node, path, /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? [text.trim()] : []);
      return calculated(checking, node, path, ['number']);
    }
    case 'date':
      if (text !== null) return quotedDate(checking, node, path, text);
      return calculated(checking, node, path, ['date']);
    case 'dateTime':
      if (text !== null) return quotedDate(checking, node, path, text);
      return calculated(checking, node, path, ['date', 'dateTime']);
    default:
      return idOf(checking, node, path, text);
  }
}

function calculated(
  checking: Checking,
  node: SyntaxNode,
  path: ResolvedPath,
  wanted: readonly Constant['is'][],
): Constant | null {
  if (node.name === 'Boolean' || node.name === 'Quantity' || node.name === 'Parens')
    return wrongType(checking, node, path, []);
  const value = calculate(checking, node);
  if (!value || value.is === 'nothing' || wanted.includes(value.is)) return value;
  return wrongType(checking, node, path, value.is === 'dateTime' && path.kind === 'date' ? ['today'] : []);
}

function quotedDate(checking: Checking, node: SyntaxNode, path: ResolvedPath, text: string): Constant | null {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime =
    path.kind === 'dateTime' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/.test(text);
  if (!isDay && !isTime) return wrongType(checking, node, path, ['today', '2026-11-22']);
  if (!isMoment(text)) return mistaken(checking, node, meaningMessages.badDate);
  return { is: isDay ? 'date' : 'dateTime', from: text, shifts: [] };
}

function codeOf(checking: Checking, node: SyntaxNode, path: ResolvedPath): Constant | null {
  const source = sourceOf(checking, node);
  const bare = node.name === 'Path' && segmentsOf(checking, node).length === 1;
  if (node.name !== 'String' && !bare) {
    return wrongType(
      checking,
      node,
      path,
      node.name === 'Path' || node.name === 'Arithmetic' ? [quote(source)] : [],
    );
  }
  const code = bare ? source : unquote(source);
  const known = knownCodes(path, checking.scope);
  if (!known || known.some((value) => value.code === code)) return { is: 'code', value: code };
  const labelled = known.filter(
    ({ label }) => label && Object.values(label).some((text) => text.toLowerCase() === code.toLowerCase()),
  );
  const close =
    labelled.length > 0
      ? labelled.map((value) => value.code)
      : nearest(
          code,
          known.map((value) => value.code),
        );
  const suggestions = close.length > 0 ? close : known.slice(0, 5).map((value) => value.code);
  return mistaken(
    checking,
    node,
    meaningMessages.unknownCode,
    { name: code.slice(0, 80), field: path.text },
    suggestions.map(asCode),
  );
}

const asCode = (code: string): string => (/^[a-z_]\w*(?:-[a-z]\w*)*$/i.test(code) ? code : quote(code));

function idOf(
  checking: Checking,
  node: SyntaxNode,
  path: ResolvedPath,
  text: string | null,
): Constant | null {
  const id = text?.toLowerCase();
  if (id !== undefined && isUuid(id)) return { is: 'id', value: id };
  const entities = namedEntities(path);
  const to =
    entities.length === 1 && path.kind === 'id'
      ? checking.scope.model.entities.get(entities[0] ?? '')
      : undefined;
  // Most likely the record's name was meant: then the whole comparison is to be written otherwise.
  const titled = to && text !== null && path.field.type !== 'id' ? [...path.text.split('.'), to.title] : [];
  const isTitle = titled.length > 0 && !isUnresolved(resolvePath(titled, checking.scope));
  const whole = isTitle && node.parent?.name === 'Compare' ? node.parent : null;
  const sign = whole?.getChild('CompareOp');
  const byName = sign ? [`${titled.join('.')} ${sourceOf(checking, sign)} ${quote(text ?? '')}`] : [];
  const params = { field: path.text, found: sourceOf(checking, node).slice(0, 80) };
  return mistaken(checking, whole ?? node, meaningMessages.wrongRecord, params, byName);
}

function me(checking: Checking, node: SyntaxNode, path: ResolvedPath): Constant | null {
  const fits = (path.kind === 'id' || path.kind === 'ids') && namedEntities(path).includes('user');
  return fits ? { is: 'me' } : mistaken(checking, node, meaningMessages.onlyUsers, { field: path.text });
}

function myTeams(checking: Checking, node: SyntaxNode, path: ResolvedPath): Constant | null {
  const word = node.lastChild && sourceOf(checking, node.lastChild).toLowerCase();
  if (word !== 'teams')
    return mistaken(checking, node, meaningMessages.onlyTeams, { field: path.text }, ['my teams']);
  const fits = (path.kind === 'id' || path.kind === 'ids') && namedEntities(path).includes('team');
  return fits
    ? { is: 'my-teams' }
    : mistaken(checking, node, meaningMessages.onlyTeams, { field: path.text });
}

function otherPath(checking: Checking, node: SyntaxNode, path: ResolvedPath): Operand | null {
  const isName =
    node.name === 'Call' || !isUnresolved(resolvePath(segmentsOf(checking, node), checking.scope));
  if (!isName && path.kind === 'text')
    return wrongType(checking, node, path, [quote(sourceOf(checking, node))]);
  const other = fieldOf(checking, node);
  if (!other) return null;
  const bothDays = isDay(other.kind) && isDay(path.kind);
  const fits =
    (other.kind === path.kind || bothDays) &&
    !isPlural(path.kind) &&
    ((!other.attribute && !path.attribute) || path.kind === 'number' || path.kind === 'boolean');
  return fits
    ? { is: 'path', path: other }
    : mistaken(checking, node, meaningMessages.pairKinds, { field: path.text, other: other.text });
}

function wrongType(
  checking: Checking,
  node: SyntaxNode,
  path: ResolvedPath,
  suggestions: readonly string[],
): null {
  return mistaken(
    checking,
    node,
    meaningMessages.wrongType,
    { field: path.text, kind: kindLabels[path.kind] },
    suggestions,
  );
}
