/** What is known of a contact of the trial. */
export interface Person {
  readonly first: string;
  readonly last: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** The account's number in the file. */
  readonly account: string | null;
  readonly title: string | null;
}

/** A contact of the trial, with what it is: itself, somebody typed twice, or somebody who only looks like another. */
export interface Made {
  readonly person: Person;
  /** The place of the contact that it is the same as; null = of nobody. */
  readonly sameAs: number | null;
  /** What was done to it. */
  readonly kinds: readonly string[];
}

type Random = (below: number) => number;
type Corruption = (person: Person, random: Random) => Person | null;

/** The contacts of the `npsp` file whose name nobody else there has: none is a duplicate of another. */
export function readPeople(csv: string): readonly Person[] {
  const [, ...lines] = csv.trim().split(/\r?\n/);
  const people = lines.map((line): Person => {
    const [, , first = '', last = '', email, phone, title, account] = line.split(',');
    return {
      first,
      last,
      email: email || null,
      phone: phone || null,
      account: account || null,
      title: title || null,
    };
  });
  const named = Map.groupBy(people, ({ first, last }) => `${first} ${last}`);
  return people.filter(({ first, last }) => named.get(`${first} ${last}`)?.length === 1);
}

/** The same with every seed, so that every run makes the same records. */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * The people, some of them typed a second time with one to three corruptions each, and others who only look like them:
 * families with one address book, people of the same name, colleagues at one telephone.
 */
export function corrupt(
  people: readonly Person[],
  o: {
    readonly seed: number;
    readonly twice: number;
    readonly families: number;
    readonly namesakes: number;
    readonly colleagues: number;
  },
): readonly Made[] {
  const random = seeded(o.seed);
  const firsts = [...new Set(people.map(({ first }) => first))];
  const someone = (): number => random(people.length);
  const personAt = (place: number): Person => people[place] as Person;
  const others = (count: number, kind: string, make: (person: Person) => Person): readonly Made[] =>
    Array.from({ length: count }, () => ({ person: make(personAt(someone())), sameAs: null, kinds: [kind] }));
  const another = (first: string): string => {
    const found = firsts[random(firsts.length)] ?? '';
    return found === first ? another(first) : found;
  };
  const digits = (count: number): string => Array.from({ length: count }, () => random(10)).join('');
  const twice = sample(people.length, o.twice, random).map((place): Made => {
    const { person, kinds } = corrupted(personAt(place), random);
    return { person, sameAs: place, kinds };
  });
  return [
    ...people.map((person): Made => ({ person, sameAs: null, kinds: [] })),
    ...twice,
    ...others(o.families, 'family', (person) => ({
      ...person,
      first: another(person.first),
      email: random(2) === 0 ? person.email : null,
      title: null,
    })),
    ...others(o.namesakes, 'namesake', (person) => ({
      ...person,
      email:
        random(2) === 0 ? `${person.first[0]}${person.last}${digits(2)}@mail.example`.toLowerCase() : null,
      phone: `4-(${digits(3)})${digits(3)}-${digits(4)}`,
      account: personAt(someone()).account,
      title: personAt(someone()).title,
    })),
    ...others(o.colleagues, 'colleague', (person) => ({
      ...personAt(someone()),
      title: null,
      email: null,
      phone: person.phone,
      account: person.account,
    })),
  ];
}

function sample(below: number, count: number, random: Random): readonly number[] {
  const all = Array.from({ length: below }, (_, at) => at);
  return Array.from({ length: Math.min(count, below) }, () => all.splice(random(all.length), 1)[0] ?? 0);
}

function corrupted(
  person: Person,
  random: Random,
): { readonly person: Person; readonly kinds: readonly string[] } {
  const kinds: string[] = [];
  let so = person;
  const wanted = 1 + random(3);
  for (let tries = 0; kinds.length < wanted && tries < 30; tries += 1) {
    const [kind, corruption] = corruptions[random(corruptions.length)] ?? [];
    if (!kind || !corruption || kinds.includes(kind)) continue;
    const done = corruption(so, random);
    if (!done) continue;
    so = done;
    kinds.push(kind);
  }
  return { person: so, kinds };
}

const swapped: Corruption = (person) => ({ ...person, first: person.last, last: person.first });
const without =
  (field: 'email' | 'phone' | 'account'): Corruption =>
  (person) =>
    person[field] === null ? null : { ...person, [field]: null };

const corruptions: readonly (readonly [string, Corruption])[] = [
  ['first name mistyped', (person, random) => ({ ...person, first: mistyped(person.first, random) })],
  ['last name mistyped', (person, random) => ({ ...person, last: mistyped(person.last, random) })],
  ['first and last name swapped', swapped],
  ['first name as an initial', (person) => ({ ...person, first: `${person.first[0]}.` })],
  ['name in capitals', inCapitals],
  ['e-mail at another domain', atAnotherDomain],
  ['e-mail mistyped', mistypedEmail],
  ['phone written differently', rewrittenPhone],
  ['another phone', anotherPhone],
  ['e-mail left out', without('email')],
  ['phone left out', without('phone')],
  ['account left out', without('account')],
  ['another title', (person) => ({ ...person, title: 'Consultant' })],
];

function inCapitals(person: Person): Person {
  return { ...person, first: person.first.toUpperCase(), last: person.last.toUpperCase() };
}

function atAnotherDomain(person: Person): Person | null {
  return person.email === null ? null : { ...person, email: `${person.email.split('@')[0]}@mail.example` };
}

function anotherPhone(person: Person, random: Random): Person | null {
  if (person.phone === null) return null;
  return {
    ...person,
    phone: `06 ${random(90) + 10} ${random(90) + 10} ${random(90) + 10} ${random(90) + 10}`,
  };
}

function mistypedEmail(person: Person, random: Random): Person | null {
  if (person.email === null) return null;
  const [name = '', domain = ''] = person.email.split('@');
  return { ...person, email: `${mistyped(name, random).toLowerCase()}@${domain}` };
}

/** One letter taken for another, left out, put in, or swapped with the next. */
function mistyped(word: string, random: Random): string {
  const letters = [...word];
  const at = 1 + random(Math.max(1, letters.length - 2));
  const letter = 'abcdefghiklmnoprstu'[random(19)] ?? 'e';
  const made = [
    letters.toSpliced(at, 1, letter),
    letters.toSpliced(at, 1),
    letters.toSpliced(at, 0, letter),
    letters.toSpliced(at, 2, letters[at + 1] ?? letter, letters[at] ?? letter),
  ][random(4)]?.join('');
  return made === undefined || made === word ? `${word}${letter}` : made;
}

function rewrittenPhone(person: Person, random: Random): Person | null {
  if (person.phone === null) return null;
  const digits = person.phone.replace(/\D/g, '');
  const [area, first, last] = [digits.slice(-10, -7), digits.slice(-7, -4), digits.slice(-4)];
  const ways = [`${area} ${first} ${last}`, `(${area}) ${first}.${last}`, digits, `${area}-${first}-${last}`];
  return { ...person, phone: ways[random(ways.length)] ?? null };
}

/** What a search found of what there is. */
export interface Measured {
  /** Of the pairs found, how many are the same person. */
  readonly precision: number;
  /** Of the people typed twice, how many were found. */
  readonly recall: number;
  /** The same of those that have more than a name in common with themselves. */
  readonly recallOfTellable: number;
  readonly found: number;
  readonly wrong: readonly string[];
  /** By corruption: how many there were, and found. */
  readonly byKind: ReadonlyMap<string, { readonly all: number; readonly found: number }>;
}

/** Measures pairs of places against what the records are. */
export function measure(made: readonly Made[], pairs: readonly (readonly [number, number])[]): Measured {
  const key = (one: number, other: number): string => [Math.min(one, other), Math.max(one, other)].join(' ');
  const truth = new Map(
    made.flatMap(({ sameAs }, place) => (sameAs === null ? [] : [[key(place, sameAs), place] as const])),
  );
  const found = new Set(pairs.map(([one, other]) => key(one, other)));
  const wrong = [...found].filter((each) => !truth.has(each));
  const right = found.size - wrong.length;
  const tellable = [...truth].filter(([, place]) => isTellable(made, place));
  const byKind = new Map<string, { all: number; found: number }>();
  for (const [pair, place] of truth) {
    for (const kind of made[place]?.kinds ?? []) {
      const counted = byKind.get(kind) ?? { all: 0, found: 0 };
      byKind.set(kind, counted);
      counted.all += 1;
      if (found.has(pair)) counted.found += 1;
    }
  }
  const told = (place: number): string => {
    const { person, kinds } = made[place] as Made;
    return `${[person.first, person.last, person.email, person.phone, person.account].join(' ')} (${kinds.join(', ')})`;
  };
  return {
    precision: found.size === 0 ? 1 : right / found.size,
    recall: truth.size === 0 ? 1 : right / truth.size,
    recallOfTellable: tellable.filter(([pair]) => found.has(pair)).length / Math.max(1, tellable.length),
    found: found.size,
    wrong: wrong.map((pair) =>
      pair
        .split(' ')
        .map((place) => told(Number(place)))
        .join(' / '),
    ),
    byKind,
  };
}

/** Whether somebody typed twice still has an account, a phone or what stands before the @ in common with himself. */
function isTellable(made: readonly Made[], place: number): boolean {
  const { person, sameAs } = made[place] as Made;
  const other = sameAs === null ? null : made[sameAs]?.person;
  if (!other) return false;
  const digits = (phone: string | null): string => (phone ?? '').replace(/\D/g, '').slice(-9);
  const name = (email: string | null): string => (email ?? '').split('@')[0] ?? '';
  const isSame = (one: string, another: string): boolean => one !== '' && one === another;
  return (
    isSame(person.account ?? '', other.account ?? '') ||
    isSame(digits(person.phone), digits(other.phone)) ||
    isSame(name(person.email), name(other.email))
  );
}

/** The pairs that equal values alone find: the same e-mail, the same phone, or the same name and account. */
export function equalPairs(made: readonly Made[]): readonly (readonly [number, number])[] {
  const holders = new Map<string, number[]>();
  for (const [place, { person }] of made.entries()) {
    const keys = [
      person.email && `e ${person.email.toLowerCase()}`,
      person.phone && `p ${person.phone.replace(/\D/g, '').slice(-9)}`,
      person.account && `n ${person.first} ${person.last} ${person.account}`.toLowerCase(),
    ];
    for (const key of keys) if (key) holders.set(key, [...(holders.get(key) ?? []), place]);
  }
  return [...holders.values()].flatMap((places) =>
    places.flatMap((one, at) => places.slice(at + 1).map((other) => [one, other] as const)),
  );
}
