import type { Ctx } from '../../engine/ctx.ts';
import { readNotice, type Written } from '../../engine/events/announce.ts';
import { readableNews } from '../../engine/events/readable-news.ts';
import { onNotice } from '../../engine/workspace/notices.ts';
import { newId } from '../../lib/ids.ts';
import type { Services } from '../http/services.ts';

/** Writes that a connection may ask for again after it broke. */
const remembered = 2_000;
/** Writes of this time are told together. */
const gathering = 150;
/** How often an idle connection shows that it lives, in milliseconds: proxies close silent ones. */
const heartbeat = 25_000;

/** A connection that is told of writes. */
export interface Follower {
  /** The last id it was told; null for a new one. */
  readonly after: string | null;
  /** Who it is by now, with the rights he has by now; null when he has none any more. */
  identify(): Promise<Ctx | null>;
  send(text: string): void;
  end(): void;
}

/** What was written in a workspace, told to open connections of this process. */
export interface LiveFeed {
  /** Tells of writes from now on, or from `after` on; answers how to stop. */
  follow(follower: Follower): () => void;
  isFollowed(): boolean;
  close(): void;
}

interface Following extends Follower {
  /** The last write looked at. */
  at: number;
  timer: NodeJS.Timeout | null;
  isBusy: boolean;
}

/** A message of the stream, as `EventSource` reads it. */
const eventText = (event: string, id: string, data: unknown): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Opens the feed of a workspace: one listener, however many connections follow. */
export async function openLiveFeed(services: Services, workspace: string): Promise<LiveFeed> {
  const boot = newId();
  const followers = new Set<Following>();
  /** By number, the oldest first; the first stands for `first`. */
  let news: Written[] = [];
  let first = 1;
  const last = (): number => first + news.length - 1;
  const idOf = (at: number): string => `${boot}.${at}`;

  const stopListening = await onNotice(services.db, 'rapport_events', (payload) => {
    const notice = payload === null ? { workspace, written: null } : readNotice(payload);
    if (notice.workspace !== workspace || notice.written?.length === 0) return;
    if (notice.written === null) {
      // Nobody knows what was missed: whoever follows reads anew what he shows.
      first = last() + 2;
      news = [];
    } else {
      news.push(...notice.written);
      const over = Math.max(0, news.length - remembered);
      news.splice(0, over);
      first += over;
    }
    for (const follower of followers) schedule(follower);
  });
  const beat = setInterval(() => {
    for (const follower of followers) follower.send(':\n\n');
  }, heartbeat);
  beat.unref();

  function schedule(follower: Following): void {
    follower.timer ??= setTimeout(() => {
      follower.timer = null;
      void tell(follower);
    }, gathering);
  }

  async function tell(follower: Following): Promise<void> {
    if (follower.isBusy) return schedule(follower);
    follower.isBusy = true;
    try {
      const upTo = last();
      const isMissed = follower.at + 1 < first;
      const fresh = isMissed ? [] : news.slice(follower.at + 1 - first);
      // Rights are asked anew each time, so that a change of role holds from the next write on.
      const ctx = await follower.identify();
      if (!followers.has(follower)) return;
      if (!ctx) {
        follower.send(eventText('end', idOf(upTo), {}));
        follower.end();
        return;
      }
      const readable = isMissed ? [] : await readableNews(ctx, fresh);
      follower.at = upTo;
      if (isMissed) follower.send(eventText('missed', idOf(upTo), {}));
      else if (readable.length > 0) follower.send(eventText('changed', idOf(upTo), readable));
    } catch {
      // The database is away: what is new is told after the next write, or asked for on reconnecting.
    } finally {
      follower.isBusy = false;
    }
  }

  return {
    follow(follower) {
      const [known, at] = (follower.after ?? '').split('.');
      const asked = known === boot ? Number(at) : Number.NaN;
      const isKnown = Number.isInteger(asked) && asked >= 0 && asked <= last();
      const from = follower.after === null ? last() : isKnown ? asked : first - 2;
      const following: Following = { ...follower, at: from, timer: null, isBusy: false };
      followers.add(following);
      follower.send(eventText('ready', isKnown || follower.after === null ? idOf(from) : idOf(last()), {}));
      if (follower.after !== null && !isKnown) {
        following.at = last();
        follower.send(eventText('missed', idOf(last()), {}));
      } else if (from < last()) schedule(following);
      return () => {
        followers.delete(following);
        if (following.timer) clearTimeout(following.timer);
      };
    },
    isFollowed: () => followers.size > 0,
    close() {
      stopListening();
      clearInterval(beat);
      for (const follower of followers) {
        if (follower.timer) clearTimeout(follower.timer);
        follower.end();
      }
      followers.clear();
    },
  };
}
