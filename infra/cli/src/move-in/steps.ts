import type { MovedStrategy } from '@orderlane/manage/plan-move-in';

/** What is left to do, in order: the switch-over itself. */
export function switchOverSteps(args: {
  isApplied: boolean;
  hasAccount: boolean;
  moved: readonly MovedStrategy[];
  publicUrl: { url: string; isLocal: boolean };
}): string[] {
  const { isApplied, hasAccount, moved, publicUrl } = args;
  const taken = moved.filter(({ state }) => state !== 'refused');
  const wereActive = taken.filter(({ wasActive }) => wasActive);
  const where = publicUrl.isLocal
    ? 'the address of this ingress (set PUBLIC_URL to it)'
    : publicUrl.url;
  return [
    ...(hasAccount ? [] : ['Add the OpenAlgo that they trade on: account add']),
    ...(isApplied ? [] : ['Run this again with --apply: nothing was changed yet']),
    'Look at each strategy: strategy show. Mend what is listed above where you want it otherwise; none trades before it is switched on',
    "Wait for the close of every market that they trade in, and until OpenAlgo's square-offs are through",
    'See in OpenAlgo that no intraday position is open. Orderlane starts with nothing of its own: what you hold overnight, close there, or let exits with position scope account close it',
    'Switch every one of these strategies off in OpenAlgo, so that no alert trades twice',
    `In each alert change only the host of the webhook's address, to ${where}; paths and ids stay`,
    'Say once that the account may trade with real money: account trading-on',
    wereActive.length === 0
      ? 'Switch on what is to trade: strategy toggle. None was on in OpenAlgo'
      : 'Switch on what was on in OpenAlgo:',
    ...wereActive.map(
      ({ name }) => `    npm run cli -- strategy toggle ${quoted(name ?? '')} --on`,
    ),
    "Before the next open sign in to the broker in OpenAlgo. Watch the first signals: signals, orders. OpenAlgo's own strategies stay off",
  ];
}

function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `"${name}"`;
}
