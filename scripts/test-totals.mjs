/**
 * What one run of vitest amounts to. A file that could not be loaded has no tests to count, and an error outside of every test fails the
 * run without failing any: each counts as one failure, so that `0 failed` is only ever said of a run that passed.
 *
 * @param {object | null} report vitest's JSON report; null when the run ended before it wrote one
 * @param {{ code: number, byName: boolean }} run its exit code, and whether tests were asked for by name (`-t`), which skips the rest
 * @returns {{ passed: number, failed: number }}
 */
export function totalsOf(report, { code, byName }) {
  if (report === null) return { passed: 0, failed: code === 0 ? 0 : 1 }
  const skipped = byName ? 0 : report.numPendingTests + report.numTodoTests
  const notLoaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failed = report.numFailedTests + skipped + notLoaded
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** The line by which a reader, or a machine, knows how a run ended. */
export function totalsLine(totals) {
  const sum = (key) => totals.reduce((total, one) => total + one[key], 0)
  return `${sum('passed')} passed, ${sum('failed')} failed`
}

const VALUE_FOLLOWS = new Set([
  '-t',
  '--testNamePattern',
  '--project',
  '--reporter',
  '--testTimeout',
  '--bail',
  '--retry',
])

/** What the arguments of `npm test` ask for; they all go to vitest as they are. */
export function readTestArguments(all) {
  const projects = []
  const files = []
  const withoutProjects = []
  let byName = false
  for (let at = 0; at < all.length; at += 1) {
    const [option, inline] = all[at].startsWith('-') ? all[at].split(/=(.*)/s) : [null]
    const value = inline ?? (VALUE_FOLLOWS.has(option) ? all[(at += 1)] : undefined)
    if (option === '--project') {
      projects.push(value)
      continue
    }
    if (option === '-t' || option === '--testNamePattern') byName = true
    if (option === null) files.push(all[at])
    withoutProjects.push(
      ...(option === null || inline !== undefined || value === undefined ? [all[at]] : [option, value]),
    )
  }
  return {
    all,
    withoutProjects,
    byName,
    projectAsked: (name) => projects.length === 0 || projects.includes(name),
    filesAsked: files.length > 0,
    fileAsked: (path) => files.length === 0 || files.some((part) => path.includes(part)),
  }
}
