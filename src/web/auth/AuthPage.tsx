import type { ReactNode } from 'react';
import { Logo } from '../../web-kit/ui/Logo.tsx';
import classes from './AuthPage.module.css';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** The page of somebody who isn't signed in: the mark, one card, the language. */
export function AuthPage({
  children,
  isWide = false,
}: {
  readonly children: ReactNode;
  readonly isWide?: boolean;
}) {
  return (
    <div className={classes.page}>
      <svg
        className={classes.art}
        viewBox="0 0 800 800"
        fill="none"
        aria-hidden
        preserveAspectRatio="xMidYMid slice"
      >
        {[120, 190, 260, 330, 400].map((radius) => (
          <g key={radius} strokeWidth="1.2">
            <circle cx="250" cy="520" r={radius} stroke="var(--r-brand)" opacity={0.16 - radius / 4200} />
            <circle cx="560" cy="300" r={radius} stroke="var(--r-accent)" opacity={0.2 - radius / 3000} />
          </g>
        ))}
      </svg>
      <main className={classes.main}>
        <div className={classes.brand}>
          <Logo size={36} />
          <span>Rapport</span>
        </div>
        <div className={classes.card} data-wide={isWide || undefined}>
          {children}
        </div>
      </main>
      <footer className={classes.foot}>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
