const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, '安卓'],
  [/iPhone|iPad/i, 'iOS'],
  [/Windows NT/i, 'Windows'],
  [/Mac OS X/i, 'macOS'],
  [/UOS|Kylin|Linux/i, 'Linux'],
]

/** The order matters: most browsers claim to be Chrome, and Chrome to be Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/DingTalk/i, '钉钉'],
  [/MicroMessenger/i, '微信'],
  [/Edg\//i, 'Edge'],
  [/360SE|QIHU|QHBrowser/i, '360 浏览器'],
  [/Firefox\//i, 'Firefox'],
  [/Chrome\//i, 'Chrome'],
  [/Safari\//i, 'Safari'],
]

/** A user agent as a person knows it: 「Windows 上的 Edge」. What is not known is shown as it came. */
export function clientText(userAgent: string): string {
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1]
  const browser = browsers.find(([sign]) => sign.test(userAgent))?.[1]
  if (system && browser) return `${system} 上的 ${browser}`
  return browser ?? system ?? (userAgent.slice(0, 60) || '未知设备')
}
