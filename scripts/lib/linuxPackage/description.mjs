import { readFileSync } from 'node:fs'
import { inProject } from '../projectRoot.mjs'

/** Where the program lies on the tablet. The units, the AppArmor profile and the maintainer scripts name the same place. */
export const PROGRAM_FOLDER = 'opt/Doorplate'

/**
 * What Debian and the rpm world call the packages that serve the same purpose. They are recommended: installed unless
 * somebody asks for less.
 */
const recommended = [
  // The session of a tablet that is nothing but a panel.
  { deb: 'cage', rpm: 'cage' },
  // Debian's cage ends at its start where this is missing, and does not say that it needs it.
  { deb: 'xwayland', rpm: 'xorg-x11-server-Xwayland' },
  // It gives cage the screen and the touches.
  { deb: 'default-logind | logind', rpm: 'systemd-pam' },
  // Without them every Chinese sign is a box.
  {
    deb: 'fonts-noto-cjk',
    rpm: '(google-noto-sans-cjk-vf-fonts or google-noto-sans-cjk-ttc-fonts or google-noto-cjk-fonts)',
  },
  {
    deb: 'fonts-noto-color-emoji',
    rpm: '(google-noto-color-emoji-fonts or google-noto-emoji-color-fonts or google-noto-emoji-fonts)',
  },
]

/** Programs the maintainer scripts call. */
const needed = [{ deb: 'passwd', rpm: 'shadow-utils' }]

/** Later is higher for both packagers: in 1.2.0~beta.1 the tilde sorts before 1.2.0. */
const packagerVersion = (version) => version.replace('-', '~')

/**
 * What both packages say about themselves.
 * @param {{ version?: string }} [changes] another version than that of package.json
 */
export function describePackage({ version } = {}) {
  const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  return {
    name: manifest.name,
    version: packagerVersion(version ?? manifest.version),
    maintainer: `${manifest.author.name} <${manifest.author.email}>`,
    vendor: manifest.author.name,
    homepage: manifest.homepage,
    license: manifest.license,
    section: 'misc',
    summary: 'screen beside a meeting-room door',
    description: [
      'Doorplate shows whether a meeting room is free or busy and what comes next,',
      'and lets people check in, book and end meetings at the door. It reads the',
      'rooms from WeCom, DingTalk or Feishu/Lark.',
    ],
    recommended,
    needed,
  }
}
