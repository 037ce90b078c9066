/** Files of this machine that a command reads and writes; what cannot be read is said in one sentence. */
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CommandRefused } from './command-line.js'

export function bytesIn(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CommandRefused(code === 'ENOENT' ? `没有这个文件：${file}。` : `文件 ${file} 读不了（${code ?? ''}）。`)
  }
}

/** Makes the folders above it; gives the whole path. */
export async function writeOut(file: string, bytes: Uint8Array): Promise<string> {
  const path = resolve(file)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CommandRefused(`文件 ${path} 写不了（${code ?? ''}）。请换一个地方。`)
  }
  return path
}
