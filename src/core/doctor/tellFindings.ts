import type { CommandAnswer } from '../commands/OperatorCommand.ts'
import type { Language } from '../../shared/settings/panelConfig.ts'
import { englishTexts } from './doctorTexts.ts'
import { chineseTexts } from './doctorTextsZh.ts'
import type { CheckId, Finding, Outcome } from './Finding.ts'
import type { CheckedFinding } from './runDoctor.ts'

const names: Readonly<Record<Language, Readonly<Record<CheckId, string>>>> = {
  'en-US': {
    settings: 'settings',
    secrets: 'secrets',
    disk: 'disk',
    instance: 'instance',
    keyring: 'key store',
    sandbox: 'sandbox',
    gpu: 'graphics',
    fonts: 'fonts',
    clock: 'clock',
    dns: 'name service',
    proxy: 'way to the platform',
    certificates: 'certificates',
  },
  'zh-CN': {
    settings: '设置',
    secrets: '密钥',
    disk: '磁盘',
    instance: '运行中的程序',
    keyring: '密钥库',
    sandbox: '沙箱',
    gpu: '图形',
    fonts: '字体',
    clock: '时钟',
    dns: '域名解析',
    proxy: '到平台的通路',
    certificates: '证书',
  },
}

const marks: Readonly<Record<Language, Readonly<Record<Outcome, string>>>> = {
  'en-US': { ok: '[ok]     ', warn: '[warning]', fail: '[FAILED] ', unknown: '[?]      ' },
  'zh-CN': { ok: '[正常]', warn: '[注意]', fail: '[失败]', unknown: '[未知]' },
}

const colons: Readonly<Record<Language, string>> = { 'en-US': ': ', 'zh-CN': '：' }

/** The sentence of a finding in the reader's language. */
export function sentenceOf({ text, facts = {} }: Finding, language: Language): string {
  const pattern = (language === 'zh-CN' ? chineseTexts : englishTexts)[text]
  return pattern.replace(/\{(\w+)\}/g, (_whole, name: string) => String(facts[name] ?? ''))
}

/** Exit codes of the doctor: 0 unless something fails. */
const FAILED = 1

/** What to print for a person, or for a program. */
export function tellFindings(
  findings: readonly CheckedFinding[],
  { language, isJson, version }: { language: Language; isJson: boolean; version: string },
): CommandAnswer {
  const exitCode = findings.some(({ outcome }) => outcome === 'fail') ? FAILED : 0
  if (isJson) {
    const checks = findings.map((finding) => ({
      check: finding.check,
      outcome: finding.outcome,
      text: sentenceOf(finding, language),
    }))
    return { output: `${JSON.stringify({ version, checks })}\n`, notes: '', exitCode }
  }
  const lines = findings.map((finding) => {
    const name = names[language][finding.check]
    return `${marks[language][finding.outcome]} ${name}${colons[language]}${sentenceOf(finding, language)}\n`
  })
  return { output: `Doorplate ${version}\n${lines.join('')}`, notes: '', exitCode }
}
