import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { DueText } from './due.js'
import './show.css'

export interface Todo {
  readonly id: string
  readonly to: string
  /** 「整改：3号车间燃气报警器未联锁」 */
  readonly what: ReactNode
  /** Where and whose: 「温泉镇 · 甲公司」 */
  readonly where?: ReactNode
  readonly due: string | null
  /** The one act that moves it. */
  readonly act?: ReactNode
}

/** What waits for me, each with its date, the days left or over, and the one act that moves it. */
export function TodoList({ todos, today, label }: { todos: readonly Todo[]; today: string; label: string }) {
  return (
    <ul className={`todos${todos.some(({ act }) => act !== undefined) ? '' : ' todos--plain'}`} aria-label={label}>
      {todos.map((todo) => (
        <li key={todo.id} className="todo">
          <Link to={todo.to} className="todo-what">
            {todo.what}
          </Link>
          {todo.where !== undefined && (
            <span className="todo-where" title={typeof todo.where === 'string' ? todo.where : undefined}>
              {todo.where}
            </span>
          )}
          <span className="todo-due">
            <DueText due={todo.due} today={today} />
          </span>
          {todo.act !== undefined && <span className="todo-act">{todo.act}</span>}
        </li>
      ))}
    </ul>
  )
}
