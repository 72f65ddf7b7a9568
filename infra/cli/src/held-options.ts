import type { HeldChoice } from '@orderlane/domain/plan-held-change';
import type { HeldAsked } from '@orderlane/manage/held-change';
import { type Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { readNow } from './today.ts';

export interface HeldOptions {
  keep?: boolean;
  closeNow?: boolean;
  forget?: boolean;
}

/** What is to become of what is held where a change would take the signals away from it. */
export function withHeldChoice(command: Command): Command {
  return command
    .addOption(
      new Option('--keep', 'exits go on reaching what is held, until it is flat (the default)'),
    )
    .addOption(new Option('--close-now', 'close it now').conflicts(['keep', 'forget']))
    .addOption(
      new Option('--forget', 'closing it is up to you; audited').conflicts(['keep', 'closeNow']),
    );
}

export function choiceOf({ closeNow, forget }: HeldOptions): HeldChoice {
  if (closeNow === true) return 'close_now';
  return forget === true ? 'forget' : 'keep';
}

/** The choice with the moment at which it is made. */
export function askHeld(cli: Cli, choice: HeldChoice): HeldAsked {
  return { choice, now: readNow(cli.environment) };
}
