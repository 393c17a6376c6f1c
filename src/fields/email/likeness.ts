import { editDistance } from '../../lib/edit-distance.ts';
import { fold } from '../../lib/fold.ts';

/** Addresses of an office rather than of a person: the same one elsewhere tells nothing. */
const offices = new Set(
  'admin accounts accueil billing bonjour contact contacto customerservice direction facturation finance hello help hola info information invoice invoices jobs mail marketing office post press reception sales secretariat service support team ventas webmaster welcome'.split(
    ' ',
  ),
);
/** What stands before the @ tells a person apart from so many letters on. */
const telling = 5;

/**
 * How alike two addresses are: 1 the same, −1 others. The same name at another domain is alike in half, with a
 * mistyped domain or a letter mistyped before the @ in great part.
 */
export function emailLikeness(one: string, other: string): number {
  const [a, b] = [fold(one), fold(other)];
  if (a === b) return 1;
  const [name, otherName] = [localPart(a), localPart(b)];
  const [domain, otherDomain] = [a.slice(a.lastIndexOf('@') + 1), b.slice(b.lastIndexOf('@') + 1)];
  const isSameName = plain(name) === plain(otherName);
  if (isSameName && (domain === otherDomain || isMistypedDomain(domain, otherDomain))) return 0.85;
  if (isSameName) return isTelling(name) ? 0.5 : -1;
  const isMistyped =
    Math.min(name.length, otherName.length) > telling && editDistance(name, otherName, 2) === 1;
  // Another number before the @ is another person's: amy21@, amy22@.
  const isSameNumber = name.replace(/\D/g, '') === otherName.replace(/\D/g, '');
  return domain === otherDomain && isMistyped && isSameNumber ? 0.7 : -1;
}

/** What stands before the @, where it tells a person apart. */
export function tellingName(address: string): string | null {
  const name = localPart(fold(address));
  return isTelling(name) ? name : null;
}

const isMistypedDomain = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= 8 && editDistance(one, other, 2) === 1;
const localPart = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf('@')));
const plain = (name: string): string => name.replace(/\+.*$/, '').replace(/[._-]/g, '');
const isTelling = (name: string): boolean => name.length >= telling && !offices.has(plain(name));
