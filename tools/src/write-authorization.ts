import { writeFile } from 'node:fs/promises';
import { renderAuthorization } from './authorization.ts';

await writeFile(new URL('../../docs/authorization.md', import.meta.url), renderAuthorization());
