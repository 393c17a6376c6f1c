import type { Rule } from '../../model/rule.ts';

/** What holds between an opportunity and its contacts. */
export const opportunityContactRules: readonly Rule[] = [
  {
    entity: 'opportunity-contact',
    name: 'a named role takes the place of the link without one',
    async after(changes, acts) {
      const named = changes.filter((change) => change.verb === 'create' && change.after.role != null);
      if (named.length === 0) return;
      const links = await acts.find('opportunity-contact', {
        opportunity: [...new Set(named.map((change) => String(change.after.opportunity)))],
        contact: [...new Set(named.map((change) => String(change.after.contact)))],
      });
      const replaced = new Map<string, boolean>();
      const heirs: string[] = [];
      for (const change of named) {
        const unnamed = links.find(
          (link) =>
            link.values.role == null &&
            link.values.opportunity === change.after.opportunity &&
            link.values.contact === change.after.contact,
        );
        if (!unnamed || replaced.has(unnamed.id)) continue;
        replaced.set(unnamed.id, true);
        if (unnamed.values.primary === true && change.after.primary !== true) heirs.push(change.id);
      }
      await acts.remove('opportunity-contact', [...replaced.keys()]);
      await acts.update(
        'opportunity-contact',
        heirs.map((id) => ({ id, values: { primary: true } })),
      );
    },
  },
];
