import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';
import { cardCells } from './vcard-cells.ts';
import { type CardProperty, cardLines, cardProperty } from './vcard-lines.ts';

/** A card as cells by column, with the line on which it begins. */
export interface Card {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** Properties that one card may have. */
const mostProperties = 2000;

const outside = message(
  'vcard-outside',
  'Line {line}: a card begins with BEGIN:VCARD; this stands outside of one. Export the cards again.',
  'Ligne {line} : une carte commence par BEGIN:VCARD ; ceci se trouve en dehors. Exportez à nouveau les cartes.',
  'Línea {line}: una tarjeta empieza por BEGIN:VCARD; esto está fuera. Exporte de nuevo las tarjetas.',
);
const open = message(
  'vcard-open',
  'The card that begins on line {line} has no end (END:VCARD). The file is cut off or damaged: export the cards again.',
  'La carte qui commence à la ligne {line} n’a pas de fin (END:VCARD). Le fichier est incomplet ou endommagé : exportez à nouveau les cartes.',
  'La tarjeta que empieza en la línea {line} no tiene fin (END:VCARD). El archivo está incompleto o dañado: exporte de nuevo las tarjetas.',
);

/** Reads cards from bytes as they come; a card within a card is passed over. */
export function cardScanner(charset: string): {
  push(bytes: Buffer): readonly Card[];
  end(): readonly Card[];
} {
  let cards: Card[] = [];
  let properties: CardProperty[] | null = null;
  let began = 0;
  let depth = 0;
  const refused = (said: typeof open, line: number): Problem =>
    new Problem('invalid', { message: said, params: { line } });

  const lines = cardLines((text, line) => {
    if (/^BEGIN:VCARD\s*$/i.test(text)) {
      depth += 1;
      if (depth > 1) return;
      properties = [];
      began = line;
    } else if (!properties) {
      throw refused(outside, line);
    } else if (/^END:VCARD\s*$/i.test(text)) {
      depth -= 1;
      if (depth > 0) return;
      cards.push({ line: began, cells: cardCells(properties) });
      properties = null;
    } else if (depth === 1) {
      const property = cardProperty(text, line, charset);
      if (property) properties.push(property);
      if (properties.length > mostProperties) throw refused(open, began);
    }
  });
  const taken = (): readonly Card[] => {
    const ready = cards;
    cards = [];
    return ready;
  };
  return {
    push(bytes) {
      lines.push(bytes);
      return taken();
    },
    end() {
      lines.end();
      if (properties) throw refused(open, began);
      return taken();
    },
  };
}
