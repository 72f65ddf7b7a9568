const { launch } = require('./launch.ts');

launch('replay-openalgo/main.ts');
