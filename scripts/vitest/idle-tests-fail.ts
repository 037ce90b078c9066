import type { Reporter, TestModule } from 'vitest/node'

/**
 * A skipped test fails the run, however it was skipped: `it.skip`, `it.todo`, `skipIf` or `context.skip()` in the middle of it. Asked for by name
 * (`-t`), the others are skipped on purpose; then nothing is said.
 */
export class IdleTestsFail implements Reporter {
  #askedByName = false

  onInit(vitest: Parameters<NonNullable<Reporter['onInit']>>[0]): void {
    this.#askedByName = vitest.config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#askedByName) return
    const idle = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => `  ${module.relativeModuleId} > ${test.fullName}`),
    )
    if (idle.length === 0) return
    process.stderr.write(`Skipped tests fail the run. Mend or delete:\n${idle.join('\n')}\n`)
    process.exitCode = 1
  }
}
