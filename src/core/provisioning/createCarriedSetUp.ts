import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { SaveOutcome } from '../../shared/api/admin.ts'
import type {
  CarriedOffer,
  CarriedOffers,
  CarriedProblem,
  CarriedRefusal,
  TakeOutcome,
} from '../../shared/api/provisioning.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { ApiFailure } from '../api/ApiFailure.ts'
import type { DeviceIdentity } from '../machine/DeviceIdentity.ts'
import type { CarriedFile, CarriedFiles } from '../ports/CarriedFiles.ts'
import type { Logger } from '../ports/Logger.ts'
import { readJson } from '../settings/readJson.ts'
import { eraseSecrets } from './eraseSecrets.ts'
import type { ProvisioningFile } from './parseProvisioning.ts'
import { parseProvisioning, settingsFor } from './parseProvisioning.ts'
import { decodeProvisioning } from './provisioningCode.ts'

/** What {@link createCarriedSetUp} works with. */
export interface CarriedSetUpDeps {
  /** Absent where files belong to the host's operator. */
  readonly carried: CarriedFiles | undefined
  readonly device: DeviceIdentity | undefined
  /** As from the settings screen: tested first, unless somebody insists. */
  readonly save: (
    settings: unknown,
    secrets: Readonly<Record<string, string>>,
    isInsisting: boolean,
  ) => Promise<SaveOutcome>
  readonly log: Logger
}

/** Where the content comes from. */
export type CarriedSource =
  { readonly kind: 'stick'; readonly id: string } | { readonly kind: 'code'; readonly code: string }

/** A first start from what somebody carried here: a stick, or a code that was scanned or pasted. */
export interface CarriedSetUp {
  /** Looks at the media now. Nothing secret is in the answer. */
  look(): Promise<CarriedOffers>
  /** @throws ApiFailure when settings or secrets cannot be kept */
  take(source: CarriedSource, isInsisting: boolean): Promise<TakeOutcome>
}

/** What a content means on this device. */
type Understood =
  | {
      readonly ok: true
      readonly file: ProvisioningFile
      readonly written: unknown
      readonly settings: Settings
    }
  | { readonly ok: false; readonly refusal: CarriedRefusal }

const idOf = ({ path, text }: CarriedFile): string =>
  createHash('sha256').update(`${path}\n${text}`).digest('base64url')

const roomName = ({ id, name }: Settings['rooms'][number]): string => name ?? id

/** See {@link CarriedSetUp}. */
export function createCarriedSetUp({ carried, device, save, log }: CarriedSetUpDeps): CarriedSetUp {
  const nameOf = async () => (await device?.read()) ?? { hostName: '', serials: [] }

  async function refuse(problem: CarriedProblem, fields: readonly string[] = []) {
    return { ok: false, refusal: { problem, fields, hostName: (await nameOf()).hostName } } as const
  }

  async function understand(json: unknown): Promise<Understood> {
    const parsed = parseProvisioning(json)
    if (!parsed.ok) {
      return refuse(
        'wrongFields',
        parsed.issues.map(({ path }) => path),
      )
    }
    const found = settingsFor(parsed.file, await nameOf())
    if (found.kind === 'none') return refuse('noLine')
    if (found.kind === 'several') return refuse('severalLines')
    return { ok: true, file: parsed.file, written: found.written, settings: found.settings }
  }

  async function understandText(text: string): Promise<Understood> {
    const json = readJson(text)
    return json.ok ? understand(json.value) : refuse('notJson')
  }

  async function understandCode(code: string): Promise<Understood> {
    const decoded = decodeProvisioning(code)
    return decoded.kind === 'read' ? understand(decoded.json) : refuse(decoded.kind)
  }

  async function offerOf(file: CarriedFile): Promise<CarriedOffer> {
    const understood = await understandText(file.text)
    const base = { id: idOf(file), fileName: basename(file.path) }
    if (!understood.ok) return { ...base, content: null, refusal: understood.refusal }
    const { account, rooms } = understood.settings
    return { ...base, content: { platform: account.platform, rooms: rooms.map(roomName) }, refusal: null }
  }

  async function keep(understood: Extract<Understood, { ok: true }>, isInsisting: boolean) {
    const { written, file } = understood
    const secrets = Object.fromEntries(file.secrets.map(({ name, value }) => [name, value]))
    try {
      return await save(written, secrets, isInsisting)
    } catch (error: unknown) {
      // The settings were parsed before: what is left to be missing is a secret.
      if (error instanceof ApiFailure && error.error.code === 'badRequest') return null
      throw error
    }
  }

  async function takeUnderstood(
    understood: Understood,
    isInsisting: boolean,
    path: string | null,
  ): Promise<TakeOutcome> {
    if (!understood.ok) return { kind: 'refused', refusal: understood.refusal }
    const { settings, file } = understood
    const kept = await keep(understood, isInsisting)
    if (kept === null) return { kind: 'refused', refusal: (await refuse('noSecret')).refusal }
    if (kept.kind === 'testFailed') return { ...kept, platform: settings.account.platform }
    log.info('set up from what was carried here', { source: path === null ? 'code' : 'stick' })
    const hasErased =
      path === null || carried === undefined || file.secrets.length === 0
        ? true
        : await eraseSecrets({ file: path, fs: carried.fs, log }, file)
    const shown = settings.rooms.find(({ id }) => id === settings.defaultRoomId) ?? settings.rooms[0]
    return { kind: 'saved', room: shown ? roomName(shown) : '', isErased: hasErased }
  }

  async function takeFromStick(id: string, isInsisting: boolean): Promise<TakeOutcome> {
    const file = (await carried?.find())?.find((one) => idOf(one) === id)
    if (!file) return { kind: 'refused', refusal: (await refuse('gone')).refusal }
    return takeUnderstood(await understandText(file.text), isInsisting, file.path)
  }

  return {
    async look() {
      const files = (await carried?.find()) ?? []
      return { canUseStick: carried !== undefined, offers: await Promise.all(files.map(offerOf)) }
    },
    take: async (source, isInsisting) =>
      source.kind === 'stick'
        ? takeFromStick(source.id, isInsisting)
        : takeUnderstood(await understandCode(source.code), isInsisting, null),
  }
}
