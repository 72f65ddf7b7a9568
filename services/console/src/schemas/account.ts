import { z } from '@hono/zod-openapi';
import type { AccountRow } from '@orderlane/db/accounts';
import { accountData } from '@orderlane/manage/account-data';
import { instant } from './common.ts';

export const account = z
  .object({
    id: z.number(),
    name: z.string(),
    owner: z.string().meta({ description: 'The user whose it is.' }),
    base_url: z.string(),
    mode: z.enum(['live', 'analyze']).nullable().meta({
      description:
        'As OpenAlgo was last seen in; null: it did not tell, its broker login is missing.',
    }),
    mode_seen_at: instant.nullable(),
    trading: z.string().meta({
      description: '`off`: a live account that its owner has not said may trade.',
    }),
    live_confirmed_at: instant.nullable(),
    paused_at: instant.nullable(),
    pause_reason: z.string().nullable(),
    session_dead_at: instant.nullable().meta({
      description: 'Since when OpenAlgo refuses the key: its broker login is missing.',
    }),
    trades_elsewhere: z.boolean(),
    delete_when_flat: z
      .boolean()
      .meta({ description: 'Deleted; it goes once nothing is held there.' }),
    order_rate: z.string().nullable(),
    smart_order_rate: z.string().nullable(),
    created_at: instant,
  })
  .openapi('Account');

export function showAccount(row: AccountRow) {
  return {
    ...accountData(row),
    owner: row.user_id,
    mode_seen_at: row.mode_seen_at,
    live_confirmed_at: row.live_confirmed_at,
    created_at: row.created_at,
  };
}

const rate = z.string().max(100).nullable().meta({
  description: 'Such as `10 per second; 40 per minute`; null: ORDER_RATE_LIMIT.',
});

const fields = {
  name: z.string().max(100),
  base_url: z.string().max(500).meta({ description: 'Where OpenAlgo is.' }),
  api_key: z.string().max(300).meta({ description: 'It is stored encrypted and never shown.' }),
  trades_elsewhere: z.boolean().meta({
    description: 'Its broker account is also traded by hand or by another program.',
  }),
  order_rate: rate,
  smart_order_rate: rate,
};

export const newAccountForm = z
  .strictObject({
    ...fields,
    base_url: fields.base_url.optional().meta({ description: 'Left out: HOST_SERVER.' }),
    trades_elsewhere: fields.trades_elsewhere.default(true),
    order_rate: rate.default(null),
    smart_order_rate: rate.default(null),
  })
  .openapi('NewAccount');

export const accountEdit = z
  .strictObject(fields)
  .partial()
  .extend({
    same_broker: z.boolean().default(false).meta({
      description:
        'True: the other address leads to the same broker account, where things are held.',
    }),
  })
  .openapi('AccountEdit');

export const probe = z.object({
  broker: z.string().nullable(),
  mode: z.enum(['live', 'analyze']).nullable(),
  latency_ms: z.number(),
});

/** Said on every account's page: which address a broker has to know. */
export const egressNote =
  "Orders leave from the address of OpenAlgo's machine: that is the static address to register with the broker, not Orderlane's.";
