import type { KillSwitch } from '@orderlane/domain/brakes';
import { capital, count, strengthLimits, strengthWords } from '@orderlane/manage/brake-words';
import * as brakes from '@orderlane/manage/stop-trading';
import { type AskedTarget, readTarget, targetOption } from '../brake-target.ts';
import type { Answer, Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { removeJobs } from '../remove-jobs.ts';
import { inTransaction } from '../with-db.ts';

export interface AskedStop {
  target: AskedTarget;
  /** Undefined: what is set stays as it is; else entries only, which traps nobody in a position. */
  strength: KillSwitch | undefined;
  reason: string | undefined;
  isConfirmed: boolean;
}

/** Sets a kill switch. @throws ManageError unknown_account, unknown_strategy; CliError */
export async function stopTrading(cli: Cli, asked: AskedStop): Promise<Answer> {
  if (asked.target.scope === 'everything' && !asked.isConfirmed) {
    await confirm(cli, 'stop everything', 'This stops every account and every strategy.');
  }
  const { strength, reason } = asked;
  const stopped = await inTransaction(cli, async (manager) => {
    const target = await readTarget(manager.db, asked.target);
    return await brakes.stopTrading(manager, { target, strength, reason });
  });
  await removeJobs(cli, stopped.cancelled);
  return { data: brakes.stoppedData(stopped), text: describe(stopped) };
}

function describe({ target, before, brake, met, cancelled }: brakes.Stopped): string {
  const { strength } = brake;
  const again = before === brake ? ' already' : '';
  const lines = [
    `${capital(target.label)} is stopped${again}: ${strengthWords[strength]}`,
    ...(strength === 'flatten'
      ? [`${count(cancelled.length, 'queued entry', 'queued entries')} cancelled`]
      : []),
    `Waiting now: ${count(met.heldEntries, 'entry', 'entries')}, ${count(met.heldExits, 'exit')}`,
  ];
  if (met.inFlight > 0) {
    const orders = count(met.inFlight, 'order');
    lines.push(`${orders} had been claimed before: sent already, or about to be`);
  }
  return [...lines, strengthLimits[strength], `To go on: resume ${targetOption(target)}`].join(
    '\n',
  );
}
