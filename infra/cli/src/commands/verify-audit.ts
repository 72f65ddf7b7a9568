import type { ChainFlaw } from '@orderlane/db/chain-flaws';
import type { Db } from '@orderlane/db/open-db';
import { type VerifiedAudit, verifyAudit } from '@orderlane/db/verify-audit';
import { type VerifiedOrderEvents, verifyOrderEvents } from '@orderlane/db/verify-order-events';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { type EarlierHeads, findRewritten, readEarlier } from '../earlier-verification.ts';
import { describeAudit, describeOrderEvents } from '../verification-text.ts';
import { inSnapshot } from '../with-db.ts';

export interface Verification {
  audit: VerifiedAudit & { rewritten: boolean };
  events: VerifiedOrderEvents & { rewritten: boolean };
}

/** Looks whether anybody changed, removed, put in or moved a row after it was written. @throws CliError */
export async function verify(cli: Cli, args: { against: string | undefined }): Promise<Answer> {
  const earlier = args.against === undefined ? undefined : await readEarlier(args.against);
  const verification = await inSnapshot(cli, async (db) => await verifyBoth(db, earlier));
  const count = countFlaws(verification);
  const { audit, events } = verification;
  const answer: Answer = {
    data: { whole: count === 0, audit_log: auditData(audit), order_events: eventsData(events) },
    text: [...describeAudit(audit), ...describeOrderEvents(events)].join('\n'),
  };
  if (count === 0) return answer;
  const text = 'What is written is not what was written: each place is named in the answer';
  return { ...answer, failure: new CliError('audit_broken', text) };
}

async function verifyBoth(db: Db, earlier: EarlierHeads | undefined): Promise<Verification> {
  const rewritten = await findRewritten(db, earlier);
  return {
    audit: { ...(await verifyAudit(db)), rewritten: rewritten.audit },
    events: { ...(await verifyOrderEvents(db)), rewritten: rewritten.events },
  };
}

function countFlaws({ audit, events }: Verification): number {
  const rewritten = Number(audit.rewritten) + Number(events.rewritten);
  return audit.flaws.length + events.flaws.length + events.sealFlaws.length + rewritten;
}

function auditData({ rows, head, pruned, flaws, rewritten }: Verification['audit']) {
  return { rows, newest: head, pruned, flaws: flaws.map(flawData), rewritten };
}

function eventsData(events: Verification['events']) {
  const { rows, seals, head, unsealed, unsealedSince, flaws, sealFlaws, rewritten } = events;
  return {
    ...{
      rows,
      seals,
      newest_seal: head,
      unsealed,
      unsealed_since: unsealedSince,
      flaws,
      rewritten,
    },
    seal_flaws: sealFlaws.map(flawData),
  };
}

function flawData(flaw: ChainFlaw) {
  if (flaw.kind !== 'removed') return flaw;
  const { upTo, ...rest } = flaw;
  return { ...rest, up_to: upTo };
}
