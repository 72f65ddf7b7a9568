import type { Examples } from './example.ts';
import { brakeExamples, listExamples } from './other-examples.ts';
import { ownExamples, signInExamples, userExamples } from './sign-in-examples.ts';
import {
  accountExamples,
  mappingExamples,
  orderExamples,
  strategyExamples,
} from './trading-examples.ts';

/** One call of every operation of the API that succeeds for whoever may. */
export const examples: Examples = {
  ...signInExamples,
  ...ownExamples,
  ...userExamples,
  ...accountExamples,
  ...strategyExamples,
  ...mappingExamples,
  ...orderExamples,
  ...brakeExamples,
  ...listExamples,
};
