import type { Services } from '../http/services.ts';
import { type LiveFeed, openLiveFeed } from './live-feed.ts';

/** How often feeds that nobody follows are closed, in milliseconds. */
const rounds = 10 * 60_000;

/** The feeds of the workspaces that somebody follows in this process. */
export interface LiveFeeds {
  /** The feed of a workspace, opened for its first follower. */
  of(workspace: string): Promise<LiveFeed>;
  /** Ends them all, and the connections that follow. */
  close(): void;
}

/** Keeps a feed for each workspace as long as somebody follows it, and a while beyond: reconnecting misses nothing. */
export function openLiveFeeds(services: Services): LiveFeeds {
  const feeds = new Map<string, Promise<LiveFeed>>();
  const idle = new Set<string>();
  let isClosed = false;

  function drop(name: string): void {
    const feed = feeds.get(name);
    feeds.delete(name);
    feed?.then(
      (opened) => opened.close(),
      () => {},
    );
  }

  /** A feed that is idle twice in a row goes. */
  async function closeIdle(): Promise<void> {
    for (const [name, feed] of feeds) {
      const isIdle = (await feed.catch(() => null))?.isFollowed() === false;
      if (isIdle && idle.has(name)) drop(name);
      if (isIdle) idle.add(name);
      else idle.delete(name);
    }
  }

  const timer = setInterval(() => void closeIdle(), rounds);
  timer.unref();
  return {
    of: async (name) => {
      idle.delete(name);
      const known = feeds.get(name);
      if (known) return known;
      const opening = openLiveFeed(services, name);
      feeds.set(name, opening);
      opening.catch(() => feeds.delete(name));
      const opened = await opening;
      if (isClosed) opened.close();
      return opened;
    },
    close: () => {
      isClosed = true;
      clearInterval(timer);
      for (const name of feeds.keys()) drop(name);
    },
  };
}
