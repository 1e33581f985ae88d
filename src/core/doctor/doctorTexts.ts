/** The doctor's sentences in English; `{name}` stands for a fact. Each that is not good ends with the remedy. */
export const englishTexts = {
  overdue: 'did not answer within {seconds} s; ask again, and look at what it waits for',
  failed: 'could not be looked at because of an error ({code})',
  needsScreen: 'could not be looked at without a screen; ask again in the session of the panel',

  settingsFine: 'complete: {platform}, {rooms} room(s)',
  settingsNone: 'nothing is set up in {folder} yet; set the panel up, or provision it',
  settingsWrong: '{fields} field(s) of {file} do not fit; --check-config {file} says which and what to write',
  settingsUnreadable:
    '{file} cannot be read as JSON; restore it from a backup, or use settings.previous.json beside it',
  settingsForbidden:
    '{file} cannot be read by this user ({code}); run the doctor as the account of the panel',

  secretsFine: 'every secret the account needs is there',
  secretMissing: 'the secret {name} is missing; {remedy}',
  secretsNoAccount: 'which ones are needed is not known before an account is set up',
  secretUnavailable: '{reason}',

  diskFine: '{folder} can be written; {free} MB are free',
  diskReadOnly:
    '{folder} lies on a disk that is read-only; mount it for writing, or replace a card that has worn out',
  diskForbidden:
    '{folder} cannot be written by this user; give it to the account of the panel, or run the doctor as that account',
  diskFull: 'only {free} MB are free for {folder}; plans and settings cannot be kept safely: make room',
  diskLow: '{free} MB are free for {folder}; make room before it is full',
  diskNoFiles: 'the disk of {folder} can hold no more files; delete what is not needed',
  diskNotAFolder: '{folder} is not a folder; name another with --user-data, or move what stands in its place',

  instanceNone: 'no Doorplate uses {folder} now',
  instanceRuns: 'a Doorplate uses {folder} now (process {pid})',
  instanceLeft: 'a lock of an earlier run lies in {folder}; the next start clears it',
  instanceTaken:
    'the lock {file} names process {pid}, which is another program ({program}); a start would end with code 12: delete the lock',
  instanceUnknown: 'the lock is not looked at on this system',

  keyringSealed: 'the key store of the system seals secrets',
  keyringObfuscated:
    'without a keyring secrets are only obfuscated; give the app of the platform the least rights it needs, and encrypt the disk',
  keyringHangs:
    'the key store did not answer within {seconds} s, most likely it waits for a password; unlock it, or give the login keyring an empty password',
  keyringRefused:
    'the key store refuses to seal, so secrets cannot be kept; unlock or install a keyring, or start the panel in a session without one',

  sandboxNone: '--no-sandbox switches the protection of the page off; remove it',
  sandboxRoot: 'Chromium does not run as root; run the panel as an account of its own',
  sandboxSetuid: 'pages are locked in by the setuid helper',
  sandboxNamespaces: 'pages are locked in by user namespaces',
  sandboxProfile: 'pages are locked in by user namespaces, which the AppArmor profile of the package allows',
  sandboxMissing:
    'this system allows neither user namespaces nor has the setuid helper, so no window opens; install the package instead of a copied folder, or run: sudo chown root {helper} && sudo chmod 4755 {helper}',
  sandboxSystem: 'is part of this system',

  gpuHardware: 'the screen is drawn by the graphics hardware',
  gpuSoftware:
    'the screen is drawn in software, which works but takes more of the processor; look for a driver',
  gpuGivenUp:
    'the panel draws in software because the graphics process died again and again; a new driver or version tries the hardware again, deleting {file} does too',

  fontsFine: 'Chinese: {cjk}; emoji: {emoji}',
  fontsNoCjk:
    'there is no font with Chinese characters, every sign would be a box; install one: sudo apt install fonts-noto-cjk',
  fontsNoEmoji: 'Chinese: {cjk}; there is no emoji font: sudo apt install fonts-noto-color-emoji',
  fontsNoTool: 'cannot be listed because fc-list is missing; install it: sudo apt install fontconfig',
  fontsSystem: 'come with this system and are not looked at',

  clockFine: 'is right within {seconds} s; times are shown in {zone}',
  clockOff:
    'is {seconds} s off the clock of {host}; nothing is called free while it is more than a minute off: set it, and switch time synchronisation on',
  clockDrifts: 'is {seconds} s off the clock of {host}; switch time synchronisation on',
  clockNotSynced:
    'time synchronisation is off or has not succeeded yet; switch it on: sudo timedatectl set-ntp true',
  clockUnknown: 'could not be compared because {host} did not answer; times are shown in {zone}',
  clockSyncedOnly: 'is synchronised; it could not be compared because no account answered',

  noAccount: 'there is no address to ask before an account is set up',
  dnsFine: '{host} has an address',
  dnsLiteral: '{host} needs no name service',
  dnsUnknownName:
    '{host} has no address; correct the address of the account, or the name service of this network',
  dnsSilent: 'no name service answers ({code}); look at the network of this device',
  dnsProxy: '{host} has no address here, which does not matter while the proxy {proxy} looks it up',

  proxyNone: 'no proxy stands between this device and {host}, and it answers',
  proxyNoneSilent:
    '{host} does not answer ({code}); look at the network of this device and its way to the internet',
  proxyFine: '{host} answers through the proxy {proxy}',
  proxySilent:
    '{host} does not answer through the proxy {proxy} ({code}); correct the proxy of the system, or let it pass the host',
  proxyIgnored:
    'the environment names the proxy {proxy}, which Node passes by unless NODE_USE_ENV_PROXY=1 is set (Node 24 or newer)',

  certificatesFine: 'this device trusts the certificate of {host}',
  certificatesNodeFine:
    'the certificate of {host} is in order; whether Chromium trusts it could not be asked without a screen',
  certificatesNodeUnknown:
    '"{issuer}", which vouches for {host}, is not on the common list; whether Chromium knows it could not be asked without a screen',
  certificatesPlain:
    '{host} is spoken to without encryption, so secrets can be read on the way; use its https address',
  certificatesNotReached: 'could not be looked at because {host} was not reached',
  certificatesUnknownRoot:
    'this device does not know "{issuer}", which vouches for {host}; if your company checks its traffic, install the root certificate of that name for the account of the panel, else somebody listens: do not',
  certificatesExpired:
    'the certificate of {host} is not valid at the time of this device; set the clock, or have the certificate renewed',
  certificatesWrongName:
    'the certificate of {host} is made out to another name; correct the address of the account, or look who answers in its place',
  certificatesBad:
    'the encrypted connection to {host} fails ({code}); look at what stands between this device and it',
} as const

/** Names of the sentences. */
export type DoctorText = keyof typeof englishTexts
