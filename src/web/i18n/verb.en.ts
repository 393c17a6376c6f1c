/** English texts of what is done to records, and of records that look alike. */
export const verbEn = {
  notNow: 'This can’t be done now',
  back: 'Back',
  which: '{{entity}}: a new one or an existing one',
  new: 'New',
  existing: 'Existing',
  mayNotMake: 'Your roles don’t let you create one.',
  all: 'All fields',
  allOf: 'All fields: {{entity}}',
  fewer: 'Fewer fields',
  fewerOf: 'Fewer fields: {{entity}}',
  undone: 'Taken back: everything is as it was.',
  duplicates: '{{entity}}: this may be here already',
  use: 'Use this one',
  useOne: 'Use this one: {{title}}',
  fill: 'Fill in what is empty there',
};
