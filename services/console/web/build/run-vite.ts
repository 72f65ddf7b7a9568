import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('run-vite.ts FOLDER');
const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
await build({ configFile, logLevel: 'error', build: { outDir: folder } });
