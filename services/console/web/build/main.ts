import { ensureBuilt } from './ensure-built.ts';

const isNew = await ensureBuilt();
process.stdout.write(isNew ? 'the web UI was built\n' : 'the web UI is up to date\n');
