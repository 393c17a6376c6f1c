import { readFileSync } from 'node:fs';

/** The parent of a process, where the system tells; null elsewhere, or when it is gone. */
function parentOf(pid) {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

/**
 * Ends this process as SIGTERM would once the `npm` that runs it is gone. npm passes signals on to a shell
 * between the two, which dies of them without passing them further; and a killed npm passes nothing on.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const watch = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
