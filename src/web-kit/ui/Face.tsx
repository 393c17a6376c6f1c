import classes from './Face.module.css';

/** A person's initials in a colour of their own, always the same for the same name. */
export function Face({ name, size = 28 }: { readonly name: string; readonly size?: number }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return (
    <span
      className={classes.face}
      aria-hidden
      style={{ '--tone': hue, width: size, height: size, fontSize: size * 0.4 } as React.CSSProperties}
    >
      {initials.toUpperCase()}
    </span>
  );
}
