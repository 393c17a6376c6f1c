import { isChanged, type Rule } from '../../model/rule.ts';

/** Most characters of a title taken from the text. */
const longest = 80;

/** What holds for every note, whichever door writes it. */
export const noteRules: readonly Rule[] = [
  {
    entity: 'note',
    name: 'a note without a title is called by its beginning',
    derive(change) {
      const follows = change.after.title == null || (isChanged(change, 'text') && isOwn(change.before));
      if (!follows || (change.given.has('title') && change.after.title != null)) return {};
      return { title: beginning(change.after.text) };
    },
  },
];

/** Whether a note still has the title that its text gave it. */
const isOwn = (values: Readonly<Record<string, unknown>> | null): boolean =>
  values !== null && values.title === beginning(values.text);

/** The first line of a text, cut between words. */
function beginning(text: unknown): string | null {
  const line = typeof text === 'string' ? (text.split('\n').find((each) => each.trim() !== '') ?? '') : '';
  const words = line.replace(/\s+/g, ' ').trim();
  const characters = [...words];
  if (characters.length <= longest) return words || null;
  const cut = characters.slice(0, longest - 1).join('');
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut}…`;
}
