const { launch } = require('./launch.ts');

launch('replay-cases/main.ts');
