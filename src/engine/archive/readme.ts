/** What a person who opens an archive without Rapport reads first. */
export const readme = `This is everything that one workspace of Rapport, a CRM, held at one moment.

manifest.json    what is in here: entities with their fields and names, how many rows each file has
records/         a file per entity (accounts, contacts, users, roles, lists …), a record a line as JSON:
                 the names and values of its fields as the API of Rapport answers them, references as ids;
                 records with "removedAt" were in the bin
tables/event*    the history: who (actor) did what (verb) to which record when, with the value of each
                 changed field before and after
tables/external_key*  the ids that records have in other systems
tables/          the rest of what Rapport remembers: counters, settings, imports
files/           the files that people imported, as they were

A file with more rows than half a million goes on in NAME-2.jsonl and so on. All text is UTF-8, all moments
are ISO 8601, all amounts are decimal texts with their currency.

“rapport archive-restore FILE --workspace NAME” makes an equal workspace of it.
`;
