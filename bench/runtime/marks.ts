// The probe is one file without packages: nothing is imported here.

/** What is on the screen once the plan is; the empty app marks its only line alike. */
export const shownSelector = '[data-testid="timeline-row"]'

/** What the probe's lines begin with: the app may print others. */
export const REPORT_MARK = '@bench '
