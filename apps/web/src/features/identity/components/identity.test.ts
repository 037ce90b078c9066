import { expect, test } from 'vitest'
import { ApiFailure } from '../../../shared/api/failure.js'
import { askedFor } from './asked-for.js'
import { passwordRules } from './password-rules.js'

test('the one-time code is asked for when the server says so, and stays asked for', () => {
  const needed = new ApiFailure({
    code: 'identity.more',
    message: '',
    status: 401,
    places: [{ path: 'oneTimeCode', message: '请输入' }],
  })
  const wrong = new ApiFailure({ code: 'identity.wrong-password', message: '', status: 401 })
  expect(askedFor(needed)).toEqual(['oneTimeCode'])
  expect(askedFor(wrong, ['oneTimeCode'])).toEqual(['oneTimeCode'])
  expect(askedFor(wrong)).toEqual([])
})

test('each rule of a password is kept or not, by itself', () => {
  const broken = (next: string, again = next) =>
    passwordRules(next, { loginName: 'zhang', current: 'Old-pass-1', again })
      .filter((rule) => !rule.kept)
      .map((rule) => rule.text)
  expect(broken('Quiet-river-9')).toEqual([])
  expect(broken('Zhang-2023-x')).toEqual(['不含登录名（正写或倒写）'])
  expect(broken('Admin@2023!')).toEqual(['不是常见的弱口令'])
  expect(broken('quietriver9')).toEqual(['大写字母、小写字母、数字、符号中至少3类'])
  expect(broken('Quiet-river-9', 'x')).toEqual(['两次输入一致'])
  expect(broken('Old-pass-1')).toEqual(['与现在的口令不同'])
})
