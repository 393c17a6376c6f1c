import type { Who } from '../../engine/ctx.ts';
import type { Locale } from '../../lib/locale.ts';

/** Who sends a request, as the one look-up per request finds it. */
export interface Identity {
  readonly who: Who & { readonly userId: string };
  readonly email: string;
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly theme: string;
  /** Through what they were recognised: a signed-in browser or a program's key. */
  readonly through: { readonly kind: 'session' | 'key'; readonly id: string };
}
