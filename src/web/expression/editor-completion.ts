import { autocompletion, type CompletionSource } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { complete } from '../../expression/complete.ts';
import type { Scope } from '../../expression/scope.ts';
import type { Locale } from '../../lib/locale.ts';

/** Offers what may follow while one writes, and on Ctrl Space; names are found by their labels too. */
export function completion(scope: () => Scope, locale: () => Locale): Extension {
  const source: CompletionSource = ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    const { from, to, options } = complete(text, pos, scope());
    // Nothing is begun: after a space or a parenthesis it helps, in the middle of nowhere it would be in the way.
    const isAsked = explicit || pos > from || /[\s(=<>.,]$/.test(text.slice(0, pos));
    if (!isAsked || options.length === 0) return null;
    return {
      from,
      to,
      filter: false,
      options: options.map(({ label, detail, kind, apply }) => ({
        label,
        detail: typeof detail === 'string' ? detail : detail[locale()],
        type: kind,
        apply: kind === 'operator' || kind === 'word' ? `${apply} ` : apply,
      })),
    };
  };
  return autocompletion({
    override: [source],
    icons: false,
    activateOnTypingDelay: 60,
    interactionDelay: 0,
    maxRenderedOptions: 60,
    // After a sign or a function the next word follows at once.
    activateOnCompletion: ({ type }) => type === 'operator' || type === 'word' || type === 'function',
  });
}
