/** Where and how safely a server runs. */
export interface ServerPlace {
  readonly dataDir: string;
  readonly port: number;
  readonly socketDir: string;
  readonly isDurable: boolean;
}

const everywhere = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The app logs what it asked; values of people's records stay out of the server's own log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_checkpoints: 'off',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
};

/** A server for real data: every acknowledged write is on the disk. */
const durable = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  max_wal_size: '2GB',
};

/** A server whose data are thrown away: fast, and small. */
const disposable = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '8MB',
  max_wal_size: '1GB',
};

/** The arguments of `postgres`. Settings travel here rather than in a file, so that an upgrade can change them. */
export function serverArguments({ dataDir, port, socketDir, isDurable }: ServerPlace): string[] {
  const settings = {
    ...everywhere,
    ...(isDurable ? durable : disposable),
    port: String(port),
    unix_socket_directories: socketDir,
  };
  return ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The environment of PostgreSQL's programs: nothing of ours, so that no `PG…` variable interferes. */
export const serverEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
