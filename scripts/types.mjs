// Type-checks every layer with its own tsconfig, so that a layer sees only the globals its runtime has.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const layers = ['shared', 'core', 'main', 'preload', 'renderer', 'host', 'simulator', 'tests']
const only = process.argv.slice(2)
const unknown = only.filter((name) => !layers.includes(name))
if (unknown.length > 0)
  throw new Error(`no such layer: ${unknown.join(', ')}; there are ${layers.join(', ')}`)
let failed = 0
for (const layer of layers.filter((name) => only.length === 0 || only.includes(name))) {
  const project = `tsconfig.${layer}.json`
  if (!existsSync(project)) throw new Error(`${project} is missing`)
  const needsVue = layer === 'renderer' || layer === 'tests'
  const bin = JSON.parse(
    readFileSync(`node_modules/${needsVue ? 'vue-tsc' : 'typescript'}/package.json`, 'utf8'),
  ).bin
  const entry = `node_modules/${needsVue ? 'vue-tsc' : 'typescript'}/${needsVue ? bin['vue-tsc'] : bin.tsc}`
  const run = spawnSync(process.execPath, [entry, '--noEmit', '-p', project], { encoding: 'utf8' })
  if (run.status !== 0) {
    failed += 1
    process.stdout.write(`types: ${layer} failed\n${run.stdout}${run.stderr}\n`)
  } else process.stdout.write(`types: ${layer} ok\n`)
}
process.exitCode = failed === 0 ? 0 : 1
