const { launch } = require('./launch.ts');

launch('tools/src/replay-openalgo/main.ts');
