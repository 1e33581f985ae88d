// npm run release:apt: the signed apt repository that tablets take their updates from. Its suites are rings.
import { createAptRepository, rings } from './lib/aptRepository.mjs'
import { runScript, ScriptFailure } from './lib/commandLine.mjs'

const help = `Usage: npm run release:apt -- --repository FOLDER [ACTION]

  --create FINGERPRINT   makes the repository; everything in it is signed with this key of your gpg
  --add FILE [--ring R]  puts a deb into a ring, canary unless told otherwise; once for each processor
  --promote RING         early takes what canary has, stable what early has; nothing is built again
  --withdraw RING        no further tablet of this ring takes what it has; those that have it keep it
  (none)                 lists what each ring has

Rings: ${rings.join(', ')}. FOLDER/public is what the web server serves. Needs reprepro and gpg (Debian: apt-get install
reprepro gnupg). docs/updates.md tells the whole procedure and how to keep the key.
`

const actions = ['create', 'add', 'promote', 'withdraw']

const options = {
  repository: { type: 'string' },
  ring: { type: 'string' },
  ...Object.fromEntries(actions.map((action) => [action, { type: 'string' }])),
}

async function run(values) {
  const wanted = actions.filter((action) => values[action] !== undefined)
  if (values.repository === undefined) throw new ScriptFailure('--repository FOLDER is missing.', 2)
  if (wanted.length > 1) throw new ScriptFailure(`--${wanted.join(' and --')}: one at a time.`, 2)
  if (values.ring !== undefined && values.add === undefined) {
    throw new ScriptFailure('--ring goes with --add; --promote names the ring itself.', 2)
  }
  const repository = createAptRepository(values.repository)
  if (values.create !== undefined) await repository.create(values.create)
  if (values.add !== undefined) await repository.add(values.add, values.ring ?? 'canary')
  if (values.promote !== undefined) await repository.promote(values.promote)
  if (values.withdraw !== undefined) await repository.withdraw(values.withdraw)
  for (const { ring, versions } of await repository.list()) {
    process.stdout.write(`${ring.padEnd(8)} ${versions.join(', ') || '-'}\n`)
  }
  return 0
}

await runScript({ name: 'release:apt', help, options, run })
