import { Decimal } from 'decimal.js';
import { message } from '../../lib/message.ts';
import { isChanged, type Rule } from '../../model/rule.ts';

const stages = 'opportunity-stage';

const reasonMissing = message(
  'opportunity.lost-without-reason',
  'A lost opportunity says why: choose a reason under “Lost because”.',
  'Une opportunité perdue indique pourquoi : choisissez un motif de perte.',
  'Una oportunidad perdida dice por qué: elija un motivo de pérdida.',
);
const reasonSuperfluous = message(
  'opportunity.reason-without-loss',
  'Only a lost opportunity has a reason for the loss: clear it or choose a lost stage.',
  'Seule une opportunité perdue a un motif de perte : effacez-le ou choisissez une étape perdue.',
  'Solo una oportunidad perdida tiene motivo de pérdida: bórrelo o elija una etapa perdida.',
);

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
  {
    entity: 'opportunity',
    name: 'a lost opportunity says why',
    derive(change, env) {
      const isReopened = change.before && isChanged(change, 'stage') && !change.given.has('lostReason');
      return isReopened && env.value(stages, change.after.stage)?.class !== 'lost'
        ? { lostReason: null }
        : {};
    },
    check(change, env) {
      const isLost = env.value(stages, change.after.stage)?.class === 'lost';
      if (isLost && change.after.lostReason == null) return [{ field: 'lostReason', message: reasonMissing }];
      if (!isLost && change.after.lostReason != null) {
        return [{ field: 'lostReason', message: reasonSuperfluous, value: change.after.lostReason }];
      }
      return [];
    },
  },
];
