import type { Answer } from '../answer.ts';

/** What the caller gets, and when. Delays are in the simulator's milliseconds. */
export type Reaction =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delayMs: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' }
  | { readonly kind: 'hang' }
  /** The call goes on after a while, whether or not its caller still waits. */
  | { readonly kind: 'later'; readonly delayMs: number; readonly go: () => Reaction };

/** An answer at once. */
export function answerNow(answer: Answer): Reaction {
  return { kind: 'answer', answer, delayMs: 0 };
}
