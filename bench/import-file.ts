import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seeded } from './data.ts';

const first = [
  'Amélie',
  'Bruno',
  'Chloé',
  'Diego',
  'Élodie',
  'Fatima',
  'Gérard',
  'Hélène',
  'Iñigo',
  'Julien',
];
const last = [
  'Álvarez',
  'Bernard',
  'Castillo',
  'Dubois',
  'Fournier',
  'García',
  'Moreau',
  'Núñez',
  'Petit',
  'Weiß',
];
const cities = ['Paris', 'Lyon', 'Madrid', 'Sevilla', 'Nantes', 'Bilbao', 'Québec', 'Genève'];
const jobs = ['Buyer', 'Chief engineer', 'Office manager', 'Responsable de compras', 'Technician', ''];

/** Columns of the trial's file. */
export const importColumns = [
  'ID',
  'First Name',
  'Last Name',
  'Email',
  'Phone',
  'Job Title',
  'Mailing City',
  'Notes',
];

/** Writes a CSV file of `rows` contacts, the same for the same number. */
export async function writeContacts(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  const random = seeded(7);
  const one = (words: readonly string[]): string => words[random(words.length)] ?? '';
  let block = `${importColumns.join(',')}\r\n`;
  for (let row = 0; row < rows; row += 1) {
    const name = `${one(last)}-${(row * 7919) % 100_003}`;
    const phone = `+33 1 ${40 + random(50)} ${10 + random(90)} ${10 + random(90)} ${10 + random(90)}`;
    const note = row % 10 === 0 ? `"Met at the fair, ""hall ${random(9)}"",\nwants a call"` : '';
    block += `t${row},${one(first)},${name},contact${row}@firm${row % 5003}.example,${phone},${one(jobs)},${one(cities)},${note}\r\n`;
    if (block.length < 65_536) continue;
    if (!file.write(block)) await once(file, 'drain');
    block = '';
  }
  file.end(block);
  await once(file, 'close');
}
