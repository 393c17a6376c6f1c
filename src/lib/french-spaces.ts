/**
 * French text with the unbreakable spaces it wants: before `: ; ! ? %`, inside « » and between thousands. So
 * authors type plain spaces, and no line begins with a colon.
 */
export const frenchSpaces = (text: string): string =>
  text
    .replace(/ (?=[:;!?%»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, '\u00a0');
