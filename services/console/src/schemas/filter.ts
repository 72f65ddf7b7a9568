import { z } from '@hono/zod-openapi';
import { brandIds } from '@orderlane/domain/ids';

const idText = { error: 'An id is a whole number from 1 on' };
const smallId = z.coerce.number(idText).int(idText).min(1, idText).max(2_147_483_647, idText);

/** Filters that several lists have. */
export const filters = {
  strategy: smallId.transform(brandIds.strategy).optional().meta({
    description: 'The id of a strategy.',
  }),
  account: smallId.transform(brandIds.account).optional().meta({
    description: 'The id of an account.',
  }),
  symbol: z.string().trim().toUpperCase().max(100).optional(),
  code: z.string().max(50).optional().meta({ description: 'Of the closed list of codes.' }),
  from: z.iso.datetime({ offset: true }).optional().meta({
    description: 'From this instant on, with its zone: 2026-10-05T09:15:00+05:30.',
  }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Before this instant.' }),
};

/** The span of a filter. */
export function spanOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return {
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}
