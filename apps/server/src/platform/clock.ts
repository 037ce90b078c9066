/** The one source of time. Civil time is Asia/Shanghai; a demonstration may start its clock elsewhere, and it then runs on. */
export interface Clock {
  now(): Date
  /** Today in Asia/Shanghai, `YYYY-MM-DD`. */
  today(): string
}

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

function clockFrom(now: () => Date): Clock {
  return { now, today: () => shanghai.format(now()) }
}

export const systemClock: Clock = clockFrom(() => new Date())

/** Starts at `start` and runs at the pace of the real one. */
export function shiftedClock(start: Date): Clock {
  const shift = start.getTime() - Date.now()
  return clockFrom(() => new Date(Date.now() + shift))
}

/** Stands still until it is moved; for tests and for making example data. */
export class ManualClock implements Clock {
  constructor(private instant: Date) {}
  now(): Date {
    return new Date(this.instant)
  }
  today(): string {
    return shanghai.format(this.instant)
  }
  set(instant: Date): void {
    this.instant = instant
  }
}
