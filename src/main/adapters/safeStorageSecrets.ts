import { createLane } from '../../core/async/createLane.ts'
import type { Clock } from '../../core/ports/Clock.ts'
import type { Logger } from '../../core/ports/Logger.ts'
import type { SealingStrength, SecretName, SecretReading, SecretStore } from '../../core/ports/SecretStore.ts'
import { SealError } from './createSeal.ts'
import type { Seal } from './createSeal.ts'
import type { Sealed, SealedSecrets, SealedSecretsFile } from './sealedSecretsFile.ts'

/** What {@link createSafeStorageSecrets} needs. */
export interface SafeStorageSecretsDeps {
  readonly file: SealedSecretsFile
  readonly seal: Seal
  readonly clock: Clock
  readonly log: Logger
  /** Told every secret that passes, so that the log hides it. */
  readonly onSecret: (value: string) => void
}

/** Old sealed texts kept per secret. */
const KEPT_RETIRED = 3

/** A text nobody minds; sealed only to see how well. */
const PROBE = 'doorplate sealing probe'

type Entry = SealedSecrets[string]

const unavailable = (reason: string): SecretReading => ({ kind: 'unavailable', reason })

/**
 * Secrets sealed by the system's key store, in a private file. What cannot be opened is never overwritten: it stays, or
 * is put aside when an admin types a new secret. The key store is only asked when a secret is.
 */
export function createSafeStorageSecrets(deps: SafeStorageSecretsDeps): SecretStore {
  const { file, seal, clock, log, onSecret } = deps
  /** Blobs this run has opened or sealed itself; only those may be replaced without a trace. */
  const opened = new Set<string>()
  let knownStrength: SealingStrength | undefined
  const inTurn = createLane()

  /** Seals and opens again: a seal that does not give the text back is worth nothing. */
  async function sealSafely(text: string): Promise<Sealed> {
    const sealed = await seal.seal(text)
    if ((await seal.open(sealed)).text !== text) throw new SealError('refused')
    opened.add(sealed.blob)
    knownStrength = sealed.strength
    return sealed
  }

  /** @throws when the file is there but cannot be read: writing would lose what it holds */
  async function secretsToChange(): Promise<SealedSecrets> {
    const reading = await file.read()
    if (reading.kind === 'read') return reading.secrets
    if (reading.kind === 'unreadable') throw new Error(`the secrets file cannot be read (${reading.code})`)
    if (reading.kind === 'damaged') {
      await file.setAside(clock.now())
      log.error('the damaged secrets file was set aside')
    }
    return {}
  }

  function retiredBy(entry: Entry | undefined): Sealed[] {
    if (entry === undefined) return []
    const { method, strength, blob, retired = [] } = entry
    return (opened.has(blob) ? retired : [{ method, strength, blob }, ...retired]).slice(0, KEPT_RETIRED)
  }

  async function keep(name: SecretName, sealed: Sealed): Promise<void> {
    const secrets = await secretsToChange()
    const retired = retiredBy(secrets[name])
    await file.write({ ...secrets, [name]: retired.length === 0 ? sealed : { ...sealed, retired } })
  }

  /** A better or newer key is there. Failing here costs nothing: the old seal still opens. */
  async function renewSeal(name: SecretName, text: string, before: string): Promise<void> {
    try {
      const sealed = await sealSafely(text)
      const reading = await file.read()
      if (reading.kind === 'read' && reading.secrets[name]?.blob === before) await keep(name, sealed)
    } catch (error) {
      const failure = error instanceof SealError ? error.failure : 'disk'
      log.warn('a secret could not be sealed anew', { secretName: name, failure })
    }
  }

  async function read(name: SecretName): Promise<SecretReading> {
    const reading = await file.read()
    if (reading.kind === 'missing') return { kind: 'missing' }
    if (reading.kind !== 'read') {
      log.error('the secrets file cannot be used', { kind: reading.kind })
      return unavailable(`file ${reading.kind}`)
    }
    const entry = reading.secrets[name]
    if (entry === undefined) return { kind: 'missing' }
    try {
      const { text, isOutdated } = await seal.open(entry)
      onSecret(text)
      opened.add(entry.blob)
      if (isOutdated) await renewSeal(name, text, entry.blob)
      return { kind: 'found', value: text }
    } catch (error) {
      const failure = error instanceof SealError ? error.failure : 'refused'
      log.error('a secret cannot be opened', { secretName: name, failure, method: entry.method })
      return unavailable(`key store ${failure}`)
    }
  }

  async function write(name: SecretName, value: string): Promise<void> {
    onSecret(value)
    const sealed = await sealSafely(value)
    await keep(name, sealed)
    log.info('a secret was sealed', { secretName: name, method: sealed.method, strength: sealed.strength })
  }

  async function remove(name: SecretName): Promise<void> {
    const { [name]: _removed, ...rest } = await secretsToChange()
    await file.write(rest)
  }

  /** What a new secret would get, or less where one of the stored ones has less. */
  async function strength(): Promise<SealingStrength> {
    try {
      if (knownStrength === undefined) await sealSafely(PROBE)
    } catch {
      return 'unavailable'
    }
    const reading = await file.read()
    const stored = reading.kind === 'read' ? Object.values(reading.secrets) : []
    return stored.some((entry) => entry.strength === 'obfuscated')
      ? 'obfuscated'
      : (knownStrength ?? 'unavailable')
  }

  return {
    read: (name) => inTurn(() => read(name)),
    write: (name, value) => inTurn(() => write(name, value)),
    remove: (name) => inTurn(() => remove(name)),
    strength: () => inTurn(strength),
  }
}
