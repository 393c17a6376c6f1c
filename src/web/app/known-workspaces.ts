const remembered = 'rapport-workspaces';
const most = 5;

/** The workspaces that somebody signed in to in this browser, the last one first. The server tells strangers of none. */
export function knownWorkspaces(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(remembered) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string').slice(0, most) : [];
  } catch {
    // Somebody else wrote it: it is forgotten with the next sign-in.
    return [];
  }
}

/** Keeps a workspace as the one signed in to last. */
export function rememberWorkspace(name: string): void {
  const others = knownWorkspaces().filter((each) => each !== name);
  localStorage.setItem(remembered, JSON.stringify([name, ...others].slice(0, most)));
}

/** Takes a workspace that is gone from the list. */
export function forgetWorkspace(name: string): void {
  localStorage.setItem(remembered, JSON.stringify(knownWorkspaces().filter((each) => each !== name)));
}
