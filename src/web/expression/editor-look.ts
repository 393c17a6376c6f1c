import { syntaxTree } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

const mono = 'var(--mantine-font-family-monospace)';

/** Which nodes of the grammar stand out; what lies between them are words of the language. */
const marks: Readonly<Record<string, Decoration>> = Object.fromEntries(
  Object.entries({
    Path: 'x-name',
    String: 'x-text',
    Number: 'x-number',
    Quantity: 'x-number',
    Date: 'x-number',
    DateTime: 'x-number',
    Boolean: 'x-number',
    MyTeams: 'x-number',
  }).map(([node, name]) => [node, Decoration.mark({ class: name })]),
);

function marked(view: EditorView): DecorationSet {
  const found: ReturnType<Decoration['range']>[] = [];
  syntaxTree(view.state).iterate({
    enter: ({ name, from, to }) => {
      const mark = marks[name];
      if (!mark || from === to) return true;
      found.push(mark.range(from, to));
      return false;
    },
  });
  return Decoration.set(found, true);
}

/** Colours names, texts and numbers by the tree that the checker reads, too. */
export const colours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = marked(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || syntaxTree(update.startState) !== syntaxTree(update.state))
        this.decorations = marked(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** The look of the editor, out of the theme's own colours, so that light and dark follow by themselves. */
export const look: Extension = EditorView.theme({
  '&': {
    border: '1px solid var(--r-line-strong)',
    borderRadius: 'var(--r-radius)',
    backgroundColor: 'var(--r-raised)',
    color: 'var(--r-brand-strong)',
    fontSize: '13.5px',
  },
  '&.cm-focused': { outline: '2px solid var(--r-focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '1.6', maxHeight: '40vh' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--r-ink)', color: 'var(--r-link)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-placeholder': { color: 'var(--r-ink-3)' },
  '.x-name': { color: 'var(--r-ink)' },
  '.x-text': { color: 'var(--r-accent-ink)' },
  '.x-number': { color: 'var(--r-warning)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--r-selected)', color: 'inherit' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--r-danger)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--r-danger)' },
  '.cm-tooltip': {
    border: '1px solid var(--r-line-strong)',
    borderRadius: 'var(--r-radius)',
    backgroundColor: 'var(--r-raised)',
    color: 'var(--r-ink)',
    boxShadow: '0 6px 20px rgb(0 0 0 / 0.16)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: mono,
    fontSize: '13px',
    maxHeight: '15em',
    maxWidth: 'min(640px, 92vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: '20px',
    padding: '4px 10px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--r-selected)',
    color: 'var(--r-ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': {
    margin: '0',
    overflow: 'hidden',
    color: 'var(--r-ink-2)',
    fontFamily: 'var(--mantine-font-family)',
    fontStyle: 'normal',
    textOverflow: 'ellipsis',
  },
  '.cm-tooltip-lint': { maxWidth: 'min(480px, 92vw)', fontSize: '13px' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeft: '3px solid var(--r-danger)' },
});
