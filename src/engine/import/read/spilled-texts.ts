import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A long list of texts looked up by place, of which memory holds a bounded part and a file the rest. */
export interface SpilledTexts {
  add(text: string): void;
  at(place: number): string | undefined;
  /** Removes the file. */
  close(): void;
}

/** Texts that are written and read back together. */
const blockSize = 256;
/** Letters from which a text is written by itself. */
const longText = 64 * 1024;
/** Letters held in memory before anything goes to the file, and of those read back. */
const mostHeld = 16 * 1024 * 1024;

interface Stored {
  readonly start: number;
  readonly length: number;
}

/** Begins a list; nothing is written before `held` letters are in it. */
export function spilledTexts(held = mostHeld): SpilledTexts {
  const blocks: (readonly string[] | Stored)[] = [];
  const recent = new Map<number, readonly string[]>();
  const long = new Map<number, Stored>();
  let open: string[] = [];
  let letters = 0;
  let recentBytes = 0;
  let file: { readonly folder: string; readonly handle: number } | null = null;
  let end = 0;

  const store = (texts: readonly string[]): Stored => {
    if (!file) {
      const folder = mkdtempSync(join(tmpdir(), 'rapport-import-'));
      file = { folder, handle: openSync(join(folder, 'texts'), 'wx+', 0o600) };
      // Without a name nothing stays behind when the process ends; systems that forbid it lose it on `close`.
      removed(folder);
    }
    const bytes = Buffer.from(JSON.stringify(texts));
    for (let written = 0; written < bytes.length; )
      written += writeSync(file.handle, bytes, written, bytes.length - written, end + written);
    const stored = { start: end, length: bytes.length };
    end += bytes.length;
    return stored;
  };

  const readBack = ({ start, length }: Stored): readonly string[] => {
    const bytes = Buffer.alloc(length);
    for (let got = 0; file && got < length; ) {
      const count = readSync(file.handle, bytes, got, length - got, start + got);
      if (count === 0) throw new Error('a temporary file of an import was cut off');
      got += count;
    }
    return JSON.parse(bytes.toString('utf8')) as readonly string[];
  };

  const load = (index: number, { start, length }: Stored): readonly string[] => {
    const known = recent.get(index);
    if (known) {
      // The one used last is forgotten last.
      recent.delete(index);
      recent.set(index, known);
      return known;
    }
    const texts = readBack({ start, length });
    recent.set(index, texts);
    recentBytes += length;
    while (recentBytes > held && recent.size > 1) forgetOldest();
    return texts;
  };

  const forgetOldest = (): void => {
    const [oldest = 0] = recent.keys();
    const block = blocks[oldest];
    recent.delete(oldest);
    if (block && 'start' in block) recentBytes -= block.length;
  };

  return {
    add(text) {
      if (text.length > longText) {
        long.set(blocks.length * blockSize + open.length, store([text]));
        open.push('');
      } else {
        open.push(text);
        letters += text.length;
      }
      if (open.length < blockSize) return;
      blocks.push(letters > held ? store(open) : open);
      open = [];
    },
    at(place) {
      const alone = long.get(place);
      if (alone) return readBack(alone)[0];
      const index = Math.floor(place / blockSize);
      const block = index === blocks.length ? open : blocks[index];
      if (block === undefined) return undefined;
      const texts = 'start' in block ? load(index, block) : block;
      return texts[place % blockSize];
    },
    close() {
      if (!file) return;
      closeSync(file.handle);
      removed(file.folder);
      file = null;
    },
  };
}

function removed(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
