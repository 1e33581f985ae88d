// npm run host -- --config FILE [options]: the Node host with the real settings.
import { runBuilt } from './lib/runBuilt.mjs'

const about = `Usage: npm run host -- [--config FILE] [--secrets FILE] [--port N] [options]

Installs and builds what is missing, then serves the screen to browsers with the settings of FILE (docs/settings.md), or with
its own. Once it is built, --help lists the program's own options.
`

await runBuilt('host', about, ['node', 'panel'])
