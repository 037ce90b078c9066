/**
 * Saves what is ready while the next is made ready: the processor works while the database writes. Never two saves at once, so they
 * stand in the order in which they were begun, and no more than one waits in memory.
 */
export async function savingBehind(
  work: (begin: (save: () => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  let running: Promise<void> = Promise.resolve()
  try {
    await work(async (save) => {
      await running
      running = save()
      // Told to whoever begins the next one, or at the end; until then nobody listens.
      running.catch(() => undefined)
    })
  } catch (cause) {
    // A transaction must not end under a save that still runs in it.
    await running.catch(() => undefined)
    throw cause
  }
  await running
}
