const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pool = new Uint8Array(16 * 256);
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
  const bytes = pool.subarray(used, used + 16);
  used += 16;
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
  const random = Array.from(bytes.subarray(8), (byte) => hex[byte]).join('');
  const stamp = time.toString(16).padStart(12, '0');
  const variant = ((Number.parseInt(random.slice(0, 1), 16) & 0x3) | 0x8).toString(16);
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4, 16)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True when `value` is a lower-case UUID of any version. */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
