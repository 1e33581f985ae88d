// npm run simulator [-- options]: the platforms' HTTP APIs, for tests and demonstrations.
import { runBuilt } from './lib/runBuilt.mjs'

const about = `Usage: npm run simulator -- [--port N] [options]

Installs and builds what is missing, then answers as the meeting platforms' servers do. Once it is built, --help lists
the program's own options.
`

await runBuilt('simulator', about, ['node'])
