/** English texts of forms. */
export const formEn = {
  create: 'Create',
  keys: '{{keys}} saves, Esc cancels',
  wrong_one: '{{count}} value needs correcting',
  wrong_many: '{{count}} values need correcting',
  wrong_other: '{{count}} values need correcting',
  kept: 'Nothing you typed is lost. Try again in a moment.',
  leaveTitle: 'Leave without saving?',
  leaveWords: 'What you typed here isn’t saved yet.',
  leave: 'Leave',
  stay: 'Stay here',
};
