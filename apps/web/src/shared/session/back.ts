/** Where to come back to after log-in. Only an address of ours: `//elsewhere` and `\\elsewhere` leave the site. */
export function backFrom(search: string): string {
  const back = new URLSearchParams(search).get('back')
  if (!back || !/^\/(?![/\\])/.test(back) || /^\/(login|first-login)\b/.test(back)) return '/'
  return back
}

export function loginAddress(pathname: string, search: string): string {
  const here = pathname + search
  return here === '/' || pathname === '/login' ? '/login' : `/login?back=${encodeURIComponent(here)}`
}
