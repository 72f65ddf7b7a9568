import type { RefusalEntry } from './refusal-entry.ts';

/** Given by the ingress before the signal is decided. */
export const webhookCodes = {
  unknown_webhook: {
    text: 'Invalid webhook ID',
    httpStatus: 404,
    meaning: 'No strategy has the webhook id of the address that was called.',
    cure: "Copy the address again from the strategy's page; a deleted strategy's address never works again.",
  },
  not_found: {
    text: 'There is nothing at this address',
    httpStatus: 404,
    meaning: 'The path is not /strategy/webhook/<id> or /chartink/webhook/<id>.',
    cure: "Copy the address again from the strategy's page.",
  },
  method_not_allowed: {
    text: 'This is the address of a webhook: it takes POST only',
    httpStatus: 405,
    meaning: 'A webhook was called with another method, as a browser does that opens its address.',
    cure: 'Nothing to do if you only looked; senders must use POST.',
  },
  unreadable_request: {
    text: 'The request cannot be read',
    httpStatus: 400,
    meaning:
      'It is no HTTP, its headers are too large (431), or it did not arrive within ten seconds (408).',
    cure: 'Look at what the sender, or a proxy on its way, makes of the call.',
  },
  source_not_allowed: {
    text: 'Webhooks are not accepted from this address',
    httpStatus: 403,
    meaning: "The caller's address is not among the strategy's allowed_sources.",
    cure: 'Add the address, or `tradingview`. Behind a proxy set TRUSTED_PROXIES: without it the caller is the proxy.',
  },
  wrong_secret: {
    text: 'The secret is missing or wrong',
    httpStatus: 403,
    meaning: 'The strategy has a shared secret, and the call says none or another one.',
    cure: 'Send it as the field `secret` of the message or as the header `X-Webhook-Secret`; set a new one if it is lost.',
  },
  strategy_inactive: {
    text: 'Strategy is inactive',
    httpStatus: 400,
    meaning: 'The strategy is switched off.',
    cure: 'Switch the strategy on.',
  },
  body_too_large: {
    text: 'The body is larger than 64 KiB',
    httpStatus: 413,
    meaning: 'Nothing of the body was read.',
    cure: 'Send only the fields that are needed; split a scan with very many stocks.',
  },
  body_incomplete: {
    text: 'The body did not arrive',
    httpStatus: 408,
    meaning:
      'The sender hung up before all of its body was there, or took longer than two seconds.',
    cure: 'Look at the network between the sender and here; send it again.',
  },
  malformed_body: {
    text: 'The body is neither a JSON object nor a form',
    httpStatus: 400,
    meaning:
      'The body is not JSON and not form-urlencoded, or it is JSON but no object, or it is nested too deep, or compressed, or it holds characters that cannot be stored.',
    cure: 'Check the alert message in a JSON checker: quotes around every placeholder, no comma after the last field.',
  },
  no_data: {
    text: 'No data received',
    httpStatus: 400,
    meaning: 'The body is empty, or an empty object.',
    cure: 'Fill in the message of the alert.',
  },
  rate_limited: {
    text: 'Too many webhook calls',
    httpStatus: 429,
    meaning:
      'The webhook, or the address that called unknown webhooks, is above WEBHOOK_RATE_LIMIT; exits have an allowance of their own. On an order: OpenAlgo or the broker answered 429, it is tried again.',
    cure: 'Let the sender call less often, or raise WEBHOOK_RATE_LIMIT. TradingView does not resend a 429.',
  },
  duplicate_signal: {
    text: 'Duplicate signal: it was queued before, nothing was queued now',
    httpStatus: 200,
    meaning:
      'The same signal, by its key or its content, was queued a moment ago; the first answer is given again.',
    cure: 'Nothing to do. If two equal signals are meant, give each its own signal_id or set the duplicate window to 0.',
  },
  store_unavailable: {
    text: 'The signal could not be stored, nothing was queued',
    httpStatus: 503,
    meaning: 'Postgres is away, or the strategy kept changing while the signal was decided.',
    cure: 'Look at the database. TradingView resends by itself, three times, five seconds apart.',
  },
  waited_too_long: {
    text: 'The signal waited too long in the gateway, nothing was queued',
    httpStatus: 503,
    meaning:
      'The call may have waited for longer than WEBHOOK_MAX_WAIT_MS, most likely because the process stood still: a machine that slept, swapped, stopped its container or had no processor core to give. Its moment is over, and its sender may have sent it again elsewhere.',
    cure: 'TradingView resends by itself; another sender sends again if it still means it. Look at what stops the machine.',
  },
  internal_error: {
    text: 'Internal server error',
    httpStatus: 500,
    meaning: 'A fault in Orderlane; nothing was queued.',
    cure: 'Look into the log of the ingress and report it.',
  },
} as const satisfies Record<string, RefusalEntry>;
