import { ApiError } from '@orderlane/console/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isCode } from './problem.ts';
import { setSessionEnded } from './session-ended.ts';

/** A refusal is an answer: asking again changes nothing. A network that is away may come back. */
function mayHelpToRetry(failures: number, error: unknown): boolean {
  return !(error instanceof ApiError && error.code !== 'store_unavailable') && failures < 2;
}

function noticeEnd(error: unknown): void {
  if (isCode(error, 'not_signed_in')) setSessionEnded(true);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: { retry: mayHelpToRetry, staleTime: 5000 },
    mutations: { retry: false },
  },
});
