/**
 * Lifecycles are data: a literal table of transitions. This file reads any such table: it checks it and draws it, and knows
 * nothing of what the states mean.
 */

/** `null` as a source is the beginning; `same` stays where it is; `remembered` returns to the state that `remembers` left. */
export interface Transition<Status extends string, Command extends string> {
  readonly command: Command
  readonly from: readonly (Status | null)[]
  readonly to: Status | 'same' | 'remembered'
  /** The command whose sources a `remembered` target may be. */
  readonly remembers?: Command
}

export interface Lifecycle<Status extends string, Command extends string> {
  readonly states: Readonly<Record<Status, string>>
  readonly commands: Readonly<Record<Command, string>>
  /** States in which a life may end. */
  readonly final: readonly Status[]
  readonly transitions: readonly Transition<Status, Command>[]
}

interface Edge {
  readonly from: string | null
  readonly to: string
  readonly command: string
}

export function lifecycleEdges(lifecycle: Lifecycle<string, string>): readonly Edge[] {
  return lifecycle.transitions.flatMap((row) =>
    row.from.flatMap((from) => targets(lifecycle, row, from).map((to) => ({ from, to, command: row.command }))),
  )
}

/** What is wrong with a table, a sentence each; an empty list is a sound table. */
export function checkLifecycle(lifecycle: Lifecycle<string, string>): readonly string[] {
  const known = new Set(Object.keys(lifecycle.states))
  const problems: string[] = []
  const seen = new Set<string>()
  for (const row of lifecycle.transitions) {
    if (!Object.hasOwn(lifecycle.commands, row.command)) problems.push(`unknown command ${row.command}`)
    if (row.from.length === 0) problems.push(`${row.command} starts nowhere`)
    if (row.to === 'remembered' && !lifecycle.transitions.some((other) => other.command === row.remembers)) {
      problems.push(`${row.command} returns to a state that nothing remembers`)
    }
    if (row.to === 'same' && row.from.includes(null)) problems.push(`${row.command} stays in no state`)
    for (const from of row.from) {
      const key = `${row.command} from ${from ?? 'the beginning'}`
      if (seen.has(key)) problems.push(`two transitions for ${key}`)
      seen.add(key)
    }
  }
  for (const command of Object.keys(lifecycle.commands)) {
    if (!lifecycle.transitions.some((row) => row.command === command)) problems.push(`no transition for ${command}`)
  }

  const edges = lifecycleEdges(lifecycle)
  for (const state of [...edges.flatMap(({ from, to }) => (from === null ? [to] : [from, to])), ...lifecycle.final]) {
    if (!known.has(state)) problems.push(`unknown state ${state}`)
  }
  const reached = closure(
    edges.filter(({ from }) => from === null).map(({ to }) => to),
    edges.map(({ from, to }) => [from, to]),
  )
  const leading = closure(
    lifecycle.final,
    edges.map(({ from, to }) => [to, from]),
  )
  for (const state of known) {
    if (!reached.has(state)) problems.push(`unreachable state ${state}`)
    if (!leading.has(state)) problems.push(`dead end ${state}`)
  }
  return [...new Set(problems)]
}

/** The table as a Mermaid state diagram, with the Chinese words. */
export function drawLifecycle(lifecycle: Lifecycle<string, string>): string {
  const id = (state: string | null) => (state === null ? '[*]' : state.replaceAll('-', '_'))
  const labels = new Map<string, string[]>()
  for (const { from, to, command } of lifecycleEdges(lifecycle)) {
    const arrow = `${id(from)} --> ${id(to)}`
    const label = lifecycle.commands[command] ?? command
    const there = labels.get(arrow) ?? []
    if (!there.includes(label)) labels.set(arrow, [...there, label])
  }
  return [
    'stateDiagram-v2',
    ...Object.entries(lifecycle.states).map(([state, label]) => `  state "${label}" as ${id(state)}`),
    ...[...labels].map(([arrow, words]) => `  ${arrow}: ${words.join(' / ')}`),
    ...lifecycle.final.map((state) => `  ${id(state)} --> [*]`),
    '',
  ].join('\n')
}

function targets(
  lifecycle: Lifecycle<string, string>,
  row: Transition<string, string>,
  from: string | null,
): readonly string[] {
  if (row.to === 'same') return from === null ? [] : [from]
  if (row.to !== 'remembered') return [row.to]
  const left = lifecycle.transitions.filter((other) => other.command === row.remembers)
  return left.flatMap((other) => other.from.filter((state) => state !== null))
}

function closure(start: readonly string[], steps: readonly (readonly [string | null, string | null])[]): Set<string> {
  const reached = new Set(start)
  for (let grown = true; grown;) {
    grown = false
    for (const [from, to] of steps) {
      if (from !== null && to !== null && reached.has(from) && !reached.has(to)) {
        reached.add(to)
        grown = true
      }
    }
  }
  return reached
}
