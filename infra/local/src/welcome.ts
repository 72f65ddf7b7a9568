import type { LocalConfig } from './config.ts';
import { demoCurl } from './demo-curl.ts';
import { simulatorUrl } from './services.ts';
import type { Stack } from './start-stack.ts';

/** What is said when everything runs, and the id of the signal that it offers to send. */
export interface WelcomeParts {
  config: LocalConfig;
  stack: Stack;
  signalId: string;
  platform: NodeJS.Platform;
}

/** The table of addresses and, alone on the last line and not wrapped, the line to paste. */
export function welcomeText(parts: WelcomeParts): string {
  const table = listAddresses(parts).map(([name, address]) => `  ${name.padEnd(11)}${address}`);
  const { say, paste } = nextStep(parts);
  return ['', ...table, '', `  Ctrl-C stops everything. ${say}`, '', paste].join('\n');
}

function listAddresses({ config, stack }: WelcomeParts): [name: string, address: string][] {
  const here = (port: number) => `http://127.0.0.1:${port}`;
  const inTheBox = `${simulatorUrl(config)}  (an OpenAlgo in the box; HOST_SERVER sets a real one)`;
  return [
    ['webhooks', `${here(config.INGRESS_PORT)}/strategy/webhook/<webhook id>`],
    ['console', stack.firstSignIn ?? `${here(config.CONSOLE_PORT)}/`],
    ...(stack.firstSignIn === undefined
      ? []
      : [['', '(open this first: it makes you the administrator, once)'] as [string, string]]),
    config.HOST_SERVER ? ['OpenAlgo', config.HOST_SERVER] : ['simulator', inTheBox],
    ['Postgres', stack.database.description],
    ['Redis', stack.redis.description],
    ['data', stack.dataDir],
  ];
}

function nextStep({ config, stack, signalId, platform }: WelcomeParts): {
  say: string;
  paste: string;
} {
  if (stack.demoWebhookId === undefined) {
    const paste = `npm run cli -- account add my-account --url ${config.HOST_SERVER}`;
    return { say: 'Add your OpenAlgo account from another terminal:', paste };
  }
  const address = `http://127.0.0.1:${config.INGRESS_PORT}/strategy/webhook/${stack.demoWebhookId}`;
  const paste = demoCurl({ webhookUrl: address, signalId }, platform);
  return { say: 'Place a first order from another terminal:', paste };
}
