import { inject } from 'vue'
import type { InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FieldIssue } from '../../../../../shared/api/refusal.ts'

/** Chooses the sentence for a refused field; the settings view provides it. */
export const issueSentenceKey: InjectionKey<(path: string) => string> = Symbol('issueSentence')

/** A refused field as its form shows it: the sentence in the reader's language, the core's own words beside it. */
export function useIssueText(): (issue: FieldIssue | null) => {
  readonly error: string | null
  readonly detail: string | null
} {
  const { t } = useI18n()
  const sentenceKey = inject(issueSentenceKey, () => 'settings.issue.other')
  return (issue) =>
    issue ? { error: t(sentenceKey(issue.path)), detail: issue.message } : { error: null, detail: null }
}
