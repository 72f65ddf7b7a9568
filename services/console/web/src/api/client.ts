import { createClient } from '@orderlane/console/client';

/** The console that this page is from, by the session of this browser. */
export const client = createClient({ url: window.location.origin });
