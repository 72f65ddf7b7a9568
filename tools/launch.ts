// Any Node runs this file, also one too old for TypeScript: no types, no import statements here.
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const FIRST_NODE_WITH_EVERYTHING = 26;

/** Runs a program of `tools/src`: in this process, or with the Node that npm installed when this one is too old. */
function launch(program = '') {
  const file = join(__dirname, 'src', program);
  if (Number.parseInt(process.versions.node, 10) >= FIRST_NODE_WITH_EVERYTHING) {
    void import(pathToFileURL(file).href);
    return;
  }
  const node = join(__dirname, '..', 'node_modules', '.bin', 'node');
  if (!existsSync(node)) {
    process.stderr.write('Node 26 is not installed here yet: run "npm ci" first\n');
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.once('exit', (code = 1) => {
    process.exitCode = typeof code === 'number' ? code : 1;
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
}

module.exports = { launch };
