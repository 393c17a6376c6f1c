import { Decimal } from 'decimal.js';
import { isChanged, type Rule } from '../../model/rule.ts';

const stages = 'opportunity-stage';

/** What holds for every opportunity, whichever door writes it. */
export const opportunityRules: readonly Rule[] = [
  {
    entity: 'opportunity',
    name: 'probability follows the stage unless typed',
    derive(change, env) {
      const isTyped = change.given.has('probability') && change.after.probability != null;
      if (isTyped || !(isChanged(change, 'stage') || change.given.has('probability'))) return {};
      const stage = env.value(stages, change.after.stage);
      return stage?.probability == null ? {} : { probability: stage.probability };
    },
  },
  {
    entity: 'opportunity',
    name: 'weighted amount is amount × probability',
    derive(change) {
      const amount = change.after.amount as { amount: string; currency: string } | null | undefined;
      const probability = change.after.probability as string | null | undefined;
      if (!amount || probability == null) return { weighted: null };
      const weighted = new Decimal(amount.amount)
        .times(probability)
        .dividedBy(100)
        .toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
      return {
        weighted: {
          amount: weighted.toFixed(Math.max(2, weighted.decimalPlaces())),
          currency: amount.currency,
        },
      };
    },
  },
];
