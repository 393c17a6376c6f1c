export interface Violation {
  readonly rule: string;
  readonly at: string;
  readonly says: string;
}
export function checkStructure(base?: string): {
  readonly modules: number;
  readonly violations: readonly Violation[];
};
