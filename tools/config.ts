const { join } = require('node:path');

/**
 * Where Node keeps compiled code, so that every process of a stack starts in half the time; inherited
 * by all that this one starts. Elsewhere if NODE_COMPILE_CACHE says so.
 */
function keepCompiledCode(root = '') {
  process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules', '.cache', 'node-compile');
  return process.env['NODE_COMPILE_CACHE'];
}

module.exports = { keepCompiledCode };
