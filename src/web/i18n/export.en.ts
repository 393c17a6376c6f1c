/** English texts of exports and of the log that keeps them. */
export const exportEn = {
  title: 'Export',
  format: 'Kind of file',
  formats: { xlsx: 'Excel', csv: 'CSV', jsonl: 'JSON lines' },
  fields: 'Fields',
  shown: 'The columns of this list',
  all: 'All fields',
  read: 'As people read it',
  readHelp: 'Labels instead of the names and codes that programs use.',
  take: 'Export',
  begun: 'The file is on its way to your downloads.',
  log: 'Security log',
};
