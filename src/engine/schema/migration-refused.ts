/** Why a workspace can't be brought up to its declarations, and so isn't served; one sentence for each reason. */
export class MigrationRefused extends Error {
  readonly reasons: readonly string[];

  constructor(schema: string, reasons: readonly string[]) {
    super(`The schema ${schema} can’t be migrated:\n${reasons.map((reason) => `- ${reason}`).join('\n')}`);
    this.name = 'MigrationRefused';
    this.reasons = reasons;
  }
}
