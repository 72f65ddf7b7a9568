import { writeFile } from 'node:fs/promises';
import { renderReasonCodes } from './reason-codes.ts';

const document = new URL('../../docs/reason-codes.md', import.meta.url);
await writeFile(document, renderReasonCodes());
