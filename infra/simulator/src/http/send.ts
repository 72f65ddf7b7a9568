import type { ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import type { Call } from '../calls/call-log.ts';
import type { Reaction } from '../faults/reaction.ts';
import type { Timers } from '../timers.ts';

/** Longer answers, such as whole books, are kept in the log of calls by their length alone. */
const MOST_LOGGED = 8192;

/** Where a reaction goes. */
export interface Target {
  readonly call: Call;
  readonly response: ServerResponse;
}

/** Carries a reaction out, and writes down how the call ended. */
export function sendReaction(timers: Timers, target: Target, reaction: Reaction): void {
  switch (reaction.kind) {
    case 'answer':
      sendAfter(timers, target, reaction);
      return;
    case 'later':
      timers.after(reaction.delayMs, () => sendReaction(timers, target, reaction.go()));
      return;
    case 'reset':
      end(target.call, 'reset');
      target.response.socket?.resetAndDestroy();
      return;
    case 'close':
      end(target.call, 'closed');
      target.response.socket?.destroy();
      return;
    case 'hang':
      target.response.once('close', () => end(target.call, 'caller_gone'));
  }
}

function sendAfter(
  timers: Timers,
  target: Target,
  reaction: Extract<Reaction, { kind: 'answer' }>,
): void {
  if (reaction.delayMs === 0) send(target, reaction.answer);
  else timers.after(reaction.delayMs, () => send(target, reaction.answer));
}

/** Sends an answer, unless its caller is gone. */
export function send({ call, response }: Target, answer: Answer): void {
  const text = textOf(answer);
  const body = text.length > MOST_LOGGED ? { characters: text.length } : answer.body;
  call.answer = { status: answer.status, body };
  if (!response.destroyed) writeText(response, answer, text);
  end(call, response.destroyed ? 'caller_gone' : 'answered');
}

/** Writes status, type and body. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  writeText(response, answer, textOf(answer));
}

function textOf(answer: Answer): string {
  return answer.contentType === undefined ? JSON.stringify(answer.body) : String(answer.body);
}

function writeText(response: ServerResponse, answer: Answer, text: string): void {
  response.writeHead(answer.status, {
    'content-type': answer.contentType ?? 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function end(call: Call, how: NonNullable<Call['end']>): void {
  call.end = how;
  call.endedAtMs = performance.now();
}
