const { launch } = require('./launch.ts');

// node tools/run.ts PROGRAM ARGUMENTS: the program sees what `node PROGRAM ARGUMENTS` would show it.
const program = process.argv[2] ?? '';
process.argv.splice(1, 2, program);
launch(program);
