import type { Door, Verb } from './event.ts';
import type { ReferenceValue } from './record.ts';

/** A record that a batch wrote. */
export interface BatchRecord {
  readonly entity: string;
  readonly id: string;
  /** Null when the asker may not read it. */
  readonly label: string | null;
}

/** What the undo of a batch comes to, for people. */
export interface BatchUndo {
  /** How many records the batch wrote that are the asker's to take back. */
  readonly records: number;
  /** How many go to the bin, come out of it, or get values back; the rest is as before already or stands in the way. */
  readonly removed: number;
  readonly restored: number;
  readonly updated: number;
  /** The first of them. */
  readonly undone: readonly (BatchRecord & { readonly verb: Verb })[];
  readonly refused: number;
  /** The first of those that stand in the way, and why. */
  readonly inTheWay: readonly (BatchRecord & { readonly reasons: readonly string[] })[];
  /** Live records that would go on naming one which goes to the bin: of this entity, in this field, so many. */
  readonly stillNamed: readonly (BatchRecord & {
    readonly by: string;
    readonly field: string;
    readonly count: number;
  })[];
}

/** A batch: who wrote it, when, through which door, and what undoing it would come to. */
export interface BatchPreview extends BatchUndo {
  readonly batch: string;
  readonly at: string;
  readonly actor: ReferenceValue | null;
  readonly door: Door;
  /** Set when it is an import, which is undone at its own door. */
  readonly isImport: boolean;
  /**
   * Set when it wrote so many records that they are undone in the background, what stands in the way being left: then
   * only how many they are is told beforehand.
   */
  readonly isLarge: boolean;
}
