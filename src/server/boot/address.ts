import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { codeOf, StartError, saying } from './start-error.ts';

/** The address that a person of this machine types for what listens on `host` and `port`. */
export function localAddress(host: string, port: number): string {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Where Rapport is reached: the configured public address, else the one it listens on. */
export function reachedAt({ publicUrl, host, port }: Config, bound?: AddressInfo | string | null): string {
  return publicUrl ?? localAddress(host, bound && typeof bound === 'object' ? bound.port : port);
}

/** Says why a port could not be opened, and what to do. */
export function listenError(error: unknown, { host, port }: Config): StartError {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} of ${host} is used by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES') {
    return new StartError(`This user may not open port ${port}. Choose one above 1023: PORT=3000 npm start`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartError(
      `HOST=${host} is not an address of this machine. Try HOST=127.0.0.1, or HOST=0.0.0.0 for all of them.`,
    );
  }
  return new StartError(`Port ${port} of ${host} can't be opened: ${saying(error)}`);
}
