const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True of an id's text; `lib/ids.ts` asks the same but needs the server's crypto, which browsers lack. */
export const isUuid = (text: string): boolean => uuid.test(text);
