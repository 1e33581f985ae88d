import type { DoctorText } from './doctorTexts.ts'

/** The doctor's sentences in Chinese. */
export const chineseTexts: Readonly<Record<DoctorText, string>> = {
  overdue: '{seconds} 秒内没有回应；请重试，并查看它在等待什么',
  failed: '检查时出错，未能完成（{code}）',
  needsScreen: '没有屏幕，无法检查；请在门牌所在的会话中重试',

  settingsFine: '完整：{platform}，{rooms} 间会议室',
  settingsNone: '{folder} 中还没有任何设置；请设置门牌，或用配置文件下发',
  settingsWrong: '{file} 中有 {fields} 个字段不正确；用 --check-config {file} 查看是哪些以及如何修改',
  settingsUnreadable: '{file} 不是有效的 JSON；请从备份恢复，或使用旁边的 settings.previous.json',
  settingsForbidden: '当前用户无法读取 {file}（{code}）；请用门牌的账户运行检查',

  secretsFine: '账号所需的密钥都在',
  secretMissing: '缺少密钥 {name}；{remedy}',
  secretsNoAccount: '设置账号之前，还不知道需要哪些密钥',
  secretUnavailable: '{reason}',

  diskFine: '{folder} 可以写入，剩余 {free} MB',
  diskReadOnly: '{folder} 所在的磁盘是只读的；请以可写方式挂载，或更换已损耗的存储卡',
  diskForbidden: '当前用户无法写入 {folder}；请把它交给门牌的账户，或用该账户运行检查',
  diskFull: '{folder} 只剩 {free} MB，日程和设置无法可靠保存；请清理磁盘',
  diskLow: '{folder} 剩余 {free} MB；请在磁盘写满之前清理',
  diskNoFiles: '{folder} 所在的磁盘无法再建文件；请删除不需要的文件',
  diskNotAFolder: '{folder} 不是文件夹；请用 --user-data 指定另一个，或移走占用该位置的文件',

  instanceNone: '目前没有门牌程序使用 {folder}',
  instanceRuns: '门牌程序正在使用 {folder}（进程 {pid}）',
  instanceLeft: '{folder} 中留有上一次运行的锁；下次启动会自动清除',
  instanceTaken: '锁 {file} 指向的进程 {pid} 是另一个程序（{program}），启动会以代码 12 结束；请删除该锁',
  instanceUnknown: '此系统上不检查锁',

  keyringSealed: '系统的密钥库可以加密密钥',
  keyringObfuscated: '没有密钥环，密钥只经过简单混淆；请只给应用最少的权限，并加密磁盘',
  keyringHangs: '密钥库 {seconds} 秒内没有回应，多半在等待输入密码；请解锁，或把登录密钥环的密码设为空',
  keyringRefused: '密钥库拒绝加密，无法保存密钥；请解锁或安装密钥环，或在没有密钥环的会话中启动门牌',

  sandboxNone: '--no-sandbox 关闭了页面的保护；请去掉它',
  sandboxRoot: 'Chromium 不能以 root 运行；请为门牌建立单独的账户',
  sandboxSetuid: '页面由 setuid 辅助程序隔离',
  sandboxNamespaces: '页面由用户命名空间隔离',
  sandboxProfile: '页面由用户命名空间隔离，安装包的 AppArmor 配置允许使用',
  sandboxMissing:
    '系统不允许用户命名空间，也没有 setuid 辅助程序，窗口无法打开；请安装软件包而不是复制文件夹，或运行：sudo chown root {helper} && sudo chmod 4755 {helper}',
  sandboxSystem: '由系统提供',

  gpuHardware: '画面由显卡绘制',
  gpuSoftware: '画面由软件绘制，可以使用，但更占处理器；请查找显卡驱动',
  gpuGivenUp: '图形进程多次崩溃，门牌已改用软件绘制；更新驱动或版本后会重试显卡，删除 {file} 也会',

  fontsFine: '中文：{cjk}；表情符号：{emoji}',
  fontsNoCjk: '没有中文字体，所有汉字都会显示为方框；请安装：sudo apt install fonts-noto-cjk',
  fontsNoEmoji: '中文：{cjk}；没有表情符号字体，请安装：sudo apt install fonts-noto-color-emoji',
  fontsNoTool: '缺少 fc-list，无法列出字体；请安装：sudo apt install fontconfig',
  fontsSystem: '由系统自带，不检查',

  clockFine: '误差在 {seconds} 秒以内；时间按 {zone} 显示',
  clockOff: '与 {host} 相差 {seconds} 秒，超过一分钟就不会显示空闲；请校准时间并打开时间同步',
  clockDrifts: '与 {host} 相差 {seconds} 秒；请打开时间同步',
  clockNotSynced: '时间同步没有打开或尚未成功；请打开：sudo timedatectl set-ntp true',
  clockUnknown: '{host} 没有回应，无法比较；时间按 {zone} 显示',
  clockSyncedOnly: '时间已同步；没有账号可问，无法比较',

  noAccount: '设置账号之前，没有可以询问的地址',
  dnsFine: '可以解析 {host}',
  dnsLiteral: '{host} 不需要域名解析',
  dnsUnknownName: '无法解析 {host}；请更正账号的地址，或检查此网络的域名服务',
  dnsSilent: '域名服务没有回应（{code}）；请检查设备的网络',
  dnsProxy: '本机无法解析 {host}，但代理 {proxy} 会代为解析，不受影响',

  proxyNone: '与 {host} 之间没有代理，可以访问',
  proxyNoneSilent: '{host} 没有回应（{code}）；请检查设备的网络以及到互联网的通路',
  proxyFine: '可以通过代理 {proxy} 访问 {host}',
  proxySilent: '通过代理 {proxy} 无法访问 {host}（{code}）；请更正系统的代理设置，或让代理放行该地址',
  proxyIgnored:
    '环境变量指定了代理 {proxy}，但 Node 不会使用它，除非设置 NODE_USE_ENV_PROXY=1（Node 24 或更新）',

  certificatesFine: '设备信任 {host} 的证书',
  certificatesNodeFine: '{host} 的证书正常；没有屏幕，无法询问 Chromium 是否信任它',
  certificatesNodeUnknown: '为 {host} 作保的“{issuer}”不在通用列表中；没有屏幕，无法询问 Chromium 是否认识它',
  certificatesPlain: '与 {host} 的通信没有加密，密钥可能在途中被读取；请使用 https 地址',
  certificatesNotReached: '没有连上 {host}，无法检查',
  certificatesUnknownRoot:
    '设备不认识为 {host} 作保的“{issuer}”；如果公司会检查流量，请为门牌的账户安装该名称的根证书，否则可能有人窃听，请不要安装',
  certificatesExpired: '按设备的时间，{host} 的证书无效；请校准时间，或更新证书',
  certificatesWrongName: '{host} 的证书属于另一个名称；请更正账号的地址，或查明是谁在代它回答',
  certificatesBad: '与 {host} 的加密连接失败（{code}）；请检查设备与它之间的网络设备',
}
