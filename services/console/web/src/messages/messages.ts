import { amibrokerAfl } from './amibroker-afl.ts';
import { curlCommand } from './curl-command.ts';
import { type MessageSource, secretOf } from './message-source.ts';
import { pythonProgram } from './python-program.ts';

export interface Message {
  sender: string;
  /** What to paste, each with where. */
  parts: { label: string; text: string; hint?: string }[];
}

const needsSize = ({ tradingMode }: MessageSource) => tradingMode === 'BOTH';

/** What each sender has to be told, ready to paste; the strategy's own platform comes first. */
export function messagesFor(source: MessageSource): Message[] {
  const all: (Message & { of: string })[] = [
    { of: 'tradingview', sender: 'TradingView', parts: tradingView(source) },
    { of: 'amibroker', sender: 'Amibroker', parts: amibroker(source) },
    { of: 'chartink', sender: 'ChartInk', parts: chartink(source) },
    { of: 'gocharting', sender: 'GoCharting', parts: goCharting(source) },
    { of: 'python', sender: 'Python', parts: python(source) },
    { of: 'others', sender: 'curl', parts: curl(source) },
  ];
  const isOwn = ({ of }: { of: string }) => of === source.platform;
  return [...all.filter(isOwn), ...all.filter((one) => !isOwn(one))].map(({ sender, parts }) => ({
    sender,
    parts,
  }));
}

function tradingView(source: MessageSource): Message['parts'] {
  const body = {
    symbol: '{{ticker}}',
    action: '{{strategy.order.action}}',
    quantity: '{{strategy.order.contracts}}',
    ...(needsSize(source) && { position_size: '{{strategy.position_size}}' }),
    signal_id: '{{ticker}}-{{strategy.order.id}}-{{strategy.order.action}}-{{timenow}}',
    ...secretOf(source),
  };
  return [
    {
      label: 'Webhook URL (tab Notifications)',
      text: source.webhookUrl,
      hint: 'Ports 80 and 443 only: TradingView calls no other.',
    },
    {
      label: 'Message (tab Settings), for an alert on a strategy',
      text: JSON.stringify(body),
      hint: 'Paste it as it is: TradingView fills in what stands in braces.',
    },
    {
      label: 'Message, for an alert on an indicator',
      text: JSON.stringify({
        symbol: '{{ticker}}',
        action: 'BUY',
        ...(needsSize(source) && { position_size: '1' }),
        signal_id: '{{ticker}}-BUY-{{timenow}}',
        ...secretOf(source),
      }),
      hint: 'An indicator knows no order: write BUY or SELL into it yourself.',
    },
  ];
}

function goCharting(source: MessageSource): Message['parts'] {
  const body = {
    symbol: '{{ticker}}',
    action: '{{action}}',
    quantity: '{{quantity}}',
    ...(needsSize(source) && { position_size: '{{position_size}}' }),
    ...secretOf(source),
  };
  return [
    { label: 'Webhook URL', text: source.webhookUrl },
    { label: 'Message', text: JSON.stringify(body) },
  ];
}

function chartink(source: MessageSource): Message['parts'] {
  return [
    {
      label: 'Webhook URL of the alert',
      text: source.webhookUrl,
      hint: 'ChartInk writes its own message. Unless the strategy states what its scans mean, the name of the scan must hold BUY, SELL, SHORT or COVER as a word.',
    },
  ];
}

function amibroker(source: MessageSource): Message['parts'] {
  return [
    {
      label: 'AFL, at the end of the formula that has Buy and Sell',
      text: amibrokerAfl(source),
      hint: 'Each signal is sent once: charts are refreshed all the time.',
    },
  ];
}

function python(source: MessageSource): Message['parts'] {
  return [{ label: 'Python, without any package', text: pythonProgram(source) }];
}

function curl(source: MessageSource): Message['parts'] {
  return [{ label: 'In a shell', text: curlCommand(source) }];
}
