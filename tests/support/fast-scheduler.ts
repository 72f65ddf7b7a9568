/** The scheduler's waiting times divided, for tests that wait for several rounds of it. */
export const fastScheduler: Record<string, string> = {
  SWEEP_MS: '200',
  BOOKS_CHECK_MS: '50',
  BOOKS_UNSETTLED_MS: '200',
  BOOKS_SOON_MS: '100',
  BOOKS_OPEN_MS: '300',
  SESSION_PROBE_MS: '200',
  MODE_CHECK_MS: '300',
};
