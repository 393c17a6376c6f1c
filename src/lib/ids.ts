const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pool = new Uint8Array(8 * 512);
let used = pool.length;
let lastTime = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, 12 bits that count up within one millisecond of this
 * process, 62 random bits; ids made by one process sort in the order they were made.
 */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const at = used;
  used += 8;
  let time = Date.now();
  if (time <= lastTime) {
    sequence += 1;
    if (sequence > 0xfff) {
      lastTime += 1;
      sequence = 0;
    }
    time = lastTime;
  } else {
    lastTime = time;
    sequence = 0;
  }
  const random = (from: number): string => hex[pool[at + from] ?? 0] ?? '';
  const stamp = time.toString(16).padStart(12, '0');
  const variant = hex[((pool[at] ?? 0) & 0x3f) | 0x80] ?? '';
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${random(1)}-${random(2)}${random(3)}${random(4)}${random(5)}${random(6)}${random(7)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True when `value` is a lower-case UUID of any version. */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
