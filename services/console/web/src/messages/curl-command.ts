import { exampleBody } from './example-body.ts';
import type { MessageSource } from './message-source.ts';

/** For a POSIX shell; each call is a signal of its own. */
export function curlCommand(source: MessageSource): string {
  const body = JSON.stringify(exampleBody(source, 'SIGNAL_ID'));
  const [before = '', after = ''] = quoted(body).split('SIGNAL_ID');
  const data = source.platform === 'chartink' ? quoted(body) : `${before}'"$(date +%s%N)"'${after}`;
  return `curl -sS -X POST ${quoted(source.webhookUrl)} \\
  -H 'Content-Type: application/json' \\
  -d ${data}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
