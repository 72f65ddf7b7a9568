import type { RefusalEntry } from './refusal-entry.ts';

/** Told by alerts only: they stop nothing. */
export const alertOnlyCodes = {
  brake_released: {
    text: 'A brake was released',
    httpStatus: 200,
    meaning: 'A person released a kill switch or resumed an account.',
    cure: 'Nothing to do: orders that waited and are still within their age go out now.',
  },
} as const satisfies Record<string, RefusalEntry>;
