import { completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, LRLanguage } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { ToldMistake } from '../../expression/examine.ts';
import { parser } from '../../expression/grammar/parser.generated.ts';
import type { Scope } from '../../expression/scope.ts';
import type { Locale } from '../../lib/locale.ts';
import { completion } from './editor-completion.ts';
import { colours, look } from './editor-look.ts';

const language = LRLanguage.define({ name: 'rapport', parser });

/** What the box in which an expression is written takes. */
export interface CodeBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter; Shift+Enter starts a line. */
  readonly onSubmit: () => void;
  readonly scope: Scope;
  readonly locale: Locale;
  readonly label: string;
  readonly hint: string;
  readonly mistakes: readonly ToldMistake[];
  /** Id of what tells the mistakes. */
  readonly describedBy: string;
  readonly autoFocus?: boolean | undefined;
  /** Words of the editor itself, in the reader's language. */
  readonly phrases: Readonly<Record<string, string>>;
}

/** An editor of one expression: coloured, completed as one types, mistakes underlined; Tab leaves it. */
export function CodeBox(props: CodeBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!box.current) return undefined;
    const { value, label, hint, autoFocus, describedBy, phrases } = latest.current;
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: value,
        selection: { anchor: value.length },
        extensions: [
          language,
          history(),
          bracketMatching(),
          colours,
          look,
          completion(
            () => latest.current.scope,
            () => latest.current.locale,
          ),
          EditorView.lineWrapping,
          placeholder(hint),
          EditorState.phrases.of(phrases),
          tooltips({ parent: document.body }),
          EditorView.contentAttributes.of(({ state }) => ({
            'aria-label': label,
            'aria-describedby': describedBy,
            spellcheck: 'false',
            autocapitalize: 'off',
            autocorrect: 'off',
            // Escape closes what is offered, and only then the dialog around it.
            ...(autoFocus ? { 'data-autofocus': 'true' } : {}),
            ...(completionStatus(state) !== null ? { 'data-mantine-stop-propagation': 'true' } : {}),
          })),
          Prec.high(
            keymap.of([
              {
                key: 'Enter',
                run: ({ state }) => {
                  // What is offered has just opened: Enter was not yet meant for it, nor for the whole.
                  if (completionStatus(state) !== 'active') latest.current.onSubmit();
                  return true;
                },
              },
            ]),
          ),
          keymap.of([...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    if (autoFocus) editor.focus();
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  // Formatted, translated or changed elsewhere: the text follows, and undo brings back what was.
  const { value, mistakes } = props;
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const length = editor.state.doc.length;
    const shown = mistakes.filter(({ to }) => to <= length);
    editor.dispatch(
      setDiagnostics(
        editor.state,
        shown.map(({ from, to, message }) => ({ from, to, message, severity: 'error' })),
      ),
    );
  }, [mistakes]);

  return <div ref={box} />;
}
