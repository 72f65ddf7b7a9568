const { launch } = require('./launch.ts');

launch('tools/src/replay-cases/main.ts');
