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

/** The waits of closings divided by about twenty. */
export const fastClosings: Record<string, string> = {
  CLOSING_CHECK_MS: '50',
  CLOSING_REST_MS: '500',
  CLOSING_RETRY_MS: '1000',
  CLOSING_PROOF_GAP_MS: '150',
  // Not divided: a slow machine is no reason for an alert.
  CLOSING_UNPROVED_MS: '30000',
  CLOSING_LOOK_MS: '200',
  CLOSING_WATCH_MS: '300',
};
