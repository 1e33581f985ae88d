import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ConnectionStepReport, RoomChoice, SettingsView } from '../../../shared/api/admin.ts'
import type { ApiError, ApiResult } from '../../../shared/api/errors.ts'
import type { FieldIssue } from '../../../shared/api/refusal.ts'
import type { Platform } from '../../../shared/domain/platform.ts'
import type { Language } from '../../../shared/settings/panelConfig.ts'
import type { Settings } from '../../../shared/settings/schema.ts'
import { isSame } from '../settings/isSame.ts'
import { useSessionStore } from './sessionStore.ts'

/** How the last save went. */
export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  /** Nothing was changed; an admin who insists may save all the same. */
  | { readonly kind: 'testFailed'; readonly steps: readonly ConnectionStepReport[] }
  | { readonly kind: 'refused'; readonly error: ApiError }

/** How the last connection test went. */
export type TestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly steps: readonly ConnectionStepReport[] }
  | { readonly kind: 'refused'; readonly error: ApiError }

type Secrets = Readonly<Record<string, string>>

const idle = { kind: 'idle' } as const

/** Rooms and typed secrets are the platform's own: nothing of them fits another one. */
const noRooms = { rooms: [], defaultRoomId: undefined } satisfies Partial<Settings>
const isOtherPlatform = (before: Settings, { account }: Partial<Settings>): boolean =>
  account !== undefined && account.platform !== before.account.platform

/** One draft of the whole settings. Nothing of it works before it is saved; typed secrets live here and nowhere else. */
export const useSettingsStore = defineStore('settings', () => {
  const session = useSessionStore()

  const view = shallowRef<SettingsView | null>(null)
  const loadError = shallowRef<ApiError | null>(null)
  const draft = shallowRef<Settings | null>(null)
  const secrets = shallowRef<Secrets>({})
  const issues = shallowRef<readonly FieldIssue[]>([])
  const saving = shallowRef<SaveState>(idle)
  const testing = shallowRef<TestState>(idle)
  /** The platform's rooms as they were last listed for the drafted account: what a newly bound one is called. */
  const listed = shallowRef<readonly RoomChoice[]>([])
  /** An answer to an older question is dropped. */
  let loads = 0
  let tests = 0

  /** Names of the secrets the core keeps; no screen ever sees one. */
  const storedSecrets = computed(() =>
    (view.value?.secrets ?? []).filter(({ hasValue }) => hasValue).map(({ name }) => name),
  )
  const hasTypedSecret = computed(() => Object.values(secrets.value).some((value) => value !== ''))
  const isDirty = computed(
    () =>
      draft.value !== null && (hasTypedSecret.value || !isSame(draft.value, view.value?.settings ?? null)),
  )

  function reset(): void {
    loads += 1
    tests += 1
    secrets.value = {}
    issues.value = []
    listed.value = []
    saving.value = idle
    testing.value = idle
  }

  /** Reads what is stored. A draft in work is kept: an expired session must not cost it. */
  async function load(): Promise<void> {
    const asked = (loads += 1)
    const answer = await session.ask('settings.get', {})
    if (asked !== loads) return
    loadError.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    const wasClean = !isDirty.value
    view.value = answer.data
    if (wasClean) draft.value = answer.data.settings ?? answer.data.salvaged
    if (answer.data.settings === null) issues.value = answer.data.issues
  }

  /** Begins settings where none are stored. */
  function begin(platform: Platform, language: Language): void {
    if (!view.value) return
    const blank = view.value.blank[platform]
    draft.value = { ...blank, display: { ...blank.display, language } }
  }

  /** Changes some of the draft; what was said about the changed parts no longer holds. */
  function patch(change: Partial<Settings>): void {
    if (!draft.value) return
    const part = isOtherPlatform(draft.value, change) ? { ...change, ...noRooms } : change
    const before = new Map<string, unknown>(Object.entries(draft.value))
    const changed = new Set(
      Object.entries(part).flatMap(([name, value]) => (value === before.get(name) ? [] : [name])),
    )
    draft.value = { ...draft.value, ...part }
    if (part !== change) {
      secrets.value = {}
      listed.value = []
    }
    issues.value = issues.value.filter(({ path }) => !changed.has(path.split('.')[0] ?? ''))
    if (saving.value.kind !== 'saving') saving.value = idle
    if (changed.has('account')) forgetTest()
  }

  function typeSecret(name: string, value: string): void {
    secrets.value = { ...secrets.value, [name]: value }
    issues.value = issues.value.filter(({ path }) => path !== `secrets.${name}`)
    if (saving.value.kind !== 'saving') saving.value = idle
    forgetTest()
  }

  function forgetTest(): void {
    tests += 1
    testing.value = idle
  }

  /** Takes settings from a file as a draft: looked at first, saved by hand. */
  function replace(settings: Settings): void {
    reset()
    draft.value = settings
  }

  /** The session is over: what was typed in secret goes, the rest of the draft waits for the PIN. */
  function forgetSecrets(): void {
    secrets.value = {}
    forgetTest()
  }

  function discard(): void {
    reset()
    draft.value = view.value?.settings ?? view.value?.salvaged ?? null
    if (view.value?.settings === null) issues.value = view.value.issues
  }

  /** Drops everything, typed secrets first of all. */
  function forget(): void {
    reset()
    view.value = null
    draft.value = null
    loadError.value = null
  }

  async function test(): Promise<void> {
    const asked = (tests += 1)
    testing.value = { kind: 'running' }
    const answer = await session.ask('connection.test', {
      account: draft.value?.account ?? null,
      secrets: secrets.value,
    })
    if (asked !== tests) return
    testing.value = answer.ok
      ? { kind: 'done', steps: answer.data }
      : { kind: 'refused', error: answer.error }
  }

  /** Every room the drafted account can see; narrowing happens on this side, so that typing costs no calls. */
  async function findRooms(): Promise<ApiResult<readonly RoomChoice[]>> {
    const account = draft.value?.account ?? null
    const answer = await session.ask('rooms.search', { account, secrets: secrets.value, text: '' })
    if (answer.ok && draft.value?.account === account) listed.value = answer.data
    return answer
  }

  /** @param isInsisting saves although the connection test fails */
  async function save(isInsisting: boolean): Promise<void> {
    const settings = draft.value
    if (!settings || saving.value.kind === 'saving') return
    saving.value = { kind: 'saving' }
    const sent = secrets.value
    const answer = await session.ask('settings.save', { settings, secrets: sent, isInsisting })
    // Left in the meantime: the draft this answer belongs to is gone.
    if (draft.value === null) return
    if (!answer.ok) {
      issues.value = answer.error.issues ?? []
      // A dead session is told at the gate.
      saving.value = answer.error.code === 'forbidden' ? idle : { kind: 'refused', error: answer.error }
    } else if (answer.data.kind === 'testFailed') saving.value = answer.data
    else await finish(settings, sent)
  }

  async function finish(saved: Settings, sent: Secrets): Promise<void> {
    if (secrets.value === sent) secrets.value = {}
    issues.value = []
    if (view.value) view.value = { ...view.value, settings: saved }
    saving.value = { kind: 'saved' }
    await load()
  }

  return {
    view,
    loadError,
    draft,
    secrets,
    storedSecrets,
    issues,
    listed,
    saving,
    testing,
    isDirty,
    load,
    begin,
    patch,
    typeSecret,
    replace,
    discard,
    forgetSecrets,
    forget,
    test,
    findRooms,
    save,
  }
})
