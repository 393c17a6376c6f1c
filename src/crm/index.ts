import type { BaseList } from '../model/base-list.ts';
import type { Entity } from '../model/entity.ts';
import type { Rule } from '../model/rule.ts';
import type { DeclaredVerb } from '../model/verb.ts';
import { noteRules } from './activities/note.rules.ts';
import { note } from './activities/note.ts';
import { taskComplete } from './activities/task.complete.ts';
import { taskRules } from './activities/task.rules.ts';
import { task } from './activities/task.ts';
import { account } from './parties/account.ts';
import { accountContact } from './parties/account-contact.ts';
import { contact } from './parties/contact.ts';
import { leadConvert } from './sales/lead.convert.ts';
import { lead } from './sales/lead.ts';
import { opportunityRules } from './sales/opportunity.rules.ts';
import { opportunity } from './sales/opportunity.ts';
import { opportunityContactRules } from './sales/opportunity-contact.rules.ts';
import { opportunityContact } from './sales/opportunity-contact.ts';
import { lists as baseLists } from './setup/lists.ts';

/** Every entity of the business, in the order of the navigation. The only list. */
export const entities: readonly Entity[] = [
  account,
  contact,
  lead,
  opportunity,
  task,
  note,
  accountContact,
  opportunityContact,
];

/** Every rule of the business. */
export const rules: readonly Rule[] = [
  ...opportunityRules,
  ...opportunityContactRules,
  ...taskRules,
  ...noteRules,
];

/** Everything people do to records besides changing them. */
export const verbs: readonly DeclaredVerb[] = [leadConvert, taskComplete];

/** Every list whose values an administrator keeps. */
export const lists: readonly BaseList[] = baseLists;
