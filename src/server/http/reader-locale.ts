import type { FastifyRequest } from 'fastify';
import { isLocale, type Locale } from '../../lib/locale.ts';

/** The language to answer in: the user's own, else the best of `Accept-Language`, else English. */
export const readerLocale = (request: FastifyRequest): Locale =>
  request.identity?.locale ?? acceptedLocale(request.headers['accept-language']);

/** The first language of an `Accept-Language` header that the product speaks, by its weights. */
export function acceptedLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return {
        language: tag.split('-')[0] ?? '',
        weight: weight === undefined ? 1 : Number(weight),
        position,
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.position - b.position);
  return wanted.map(({ language }) => language).find(isLocale) ?? 'en';
}
