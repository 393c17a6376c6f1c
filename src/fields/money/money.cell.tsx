import { type CellProps, useFieldView } from '../field-view.tsx';
import { formatMoney } from '../format.browser.ts';

/** An amount in its currency, by the reader's language. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  const { amount, currency } = value as { readonly amount: string | null; readonly currency: string | null };
  if (!amount) return null;
  return <span className="r-figures">{currency ? formatMoney(locale, amount, currency) : amount}</span>;
}
