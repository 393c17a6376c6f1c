import { binary, wholeWithin } from './decimals.ts';
import type { Calculation } from './lower.ts';
import { datePart, dayIn, daysBetween, furthestDays, movedDay, movedMoment } from './moments.ts';

/** A calculation with dates and moments, or null when it is none. */
export function calculatedDay(
  of: Extract<Calculation, { readonly is: 'call' }>,
  first: string,
  second = '',
): string | null {
  switch (of.name) {
    case 'shift': {
      if (!of.shift) return null;
      return of.kind === 'date' ? movedDay(first, of.shift) : movedMoment(first, of.shift, of.zone ?? 'UTC');
    }
    case 'later':
      return movedDay(first, { amount: wholeWithin(second, -furthestDays, furthestDays), unit: 'days' });
    case 'days': {
      if (of.of[0]?.kind === 'date') return String(daysBetween(second, first));
      const milliseconds = String(Date.parse(first) - Date.parse(second));
      return binary.over(milliseconds, '86400000');
    }
    case 'date':
      return dayIn(first, of.zone ?? 'UTC');
    case 'year':
    case 'month':
    case 'day':
    case 'weekday':
    case 'week':
      return String(datePart(first, of.name));
    default:
      return null;
  }
}
