/** A column as it should be, its type written as PostgreSQL itself prints it. */
export interface WantedColumn {
  readonly name: string;
  /** `numeric(19,4)`, `timestamp with time zone`, `uuid[]`. */
  readonly type: string;
  readonly collation: string | null;
  readonly notNull: boolean;
  /** A constant expression. */
  readonly default: string | null;
}

/** A check constraint; its name holds a hash of its condition, so another condition is another check. */
export interface WantedCheck {
  readonly name: string;
  readonly column: string;
  readonly condition: string;
}

/** An index; its name holds a hash of its shape, so another shape is another index. */
export interface WantedIndex {
  readonly name: string;
  /** What it is of, or what its expression is made of. */
  readonly columns: readonly string[];
  /** An immutable expression over its columns, in their place. */
  readonly expression: string | null;
  readonly method: 'btree' | 'gin';
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  readonly where: string | null;
}

/** A table as it should be. */
export interface WantedTable {
  readonly name: string;
  readonly columns: readonly WantedColumn[];
  /** May be empty. */
  readonly primaryKey: readonly string[];
  readonly checks: readonly WantedCheck[];
  readonly indexes: readonly WantedIndex[];
  /** Key of the partitions by range: `at`. */
  readonly partitionBy: string | null;
}
