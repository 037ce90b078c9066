/**
 * 统一社会信用代码 (GB 32100-2015): 18 characters: who registers (1), what kind (1), the division (6, figures), the body of the
 * 组织机构代码 (9), and a check character. The check character may be a letter: to allow 0-9 and X only is a common mistake.
 */
import { decided, refused, type Decision } from '../shared/decision.js'

/** 31 characters: figures and capitals without I, O, S, V, Z. A character's place is its value. */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** 3 to the power of i, modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

const LOOK_ALIKES: Readonly<Record<string, string>> = { I: '1', O: '0', S: '5', V: 'U', Z: '2' }

/** Half width, upper case, without white space, dashes and what invisible characters copying leaves behind. */
export function normaliseCreditCode(written: string): string {
  return written
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff\-–—_.·]/g, '')
    .toUpperCase()
}

/** Answers the code in its normal form, or says which character is wrong and what it should be. */
export function decideCreditCode(written: string): Decision<string> {
  const code = normaliseCreditCode(written)
  const refuse = (reason: string, message: string) => refused(`enterprise.credit-code-${reason}`, message, 'creditCode')
  if (code === '') return refuse('missing', '请填写统一社会信用代码。')
  if (code.length !== 18) {
    const difference = code.length < 18 ? `少${18 - code.length}位` : `多${code.length - 18}位`
    return refuse('length', `统一社会信用代码应为18位，“${code}”有${code.length}位，${difference}；请核对营业执照。`)
  }
  for (const [index, character] of [...code].entries()) {
    const place = `统一社会信用代码第${index + 1}位“${character}”`
    if (index >= 2 && index < 8 && !/\d/.test(character)) {
      return refuse('character', `${place}不对，第3至8位是区划代码，只能是数字；请核对营业执照。`)
    }
    if (!CREDIT_CODE_ALPHABET.includes(character)) {
      const meant = LOOK_ALIKES[character]
      const hint =
        meant === undefined
          ? '只能是数字和大写字母（不用I、O、S、V、Z）'
          : `代码中不用字母${character}，可能是“${meant}”`
      return refuse('character', `${place}不对，${hint}；请核对营业执照。`)
    }
  }
  const expected = checkCharacterOf(code.slice(0, 17))
  const actual = code.slice(17)
  if (actual === expected) return decided(code)
  return refuse(
    'check',
    `统一社会信用代码“${code}”校验不通过：按前17位，第18位应为“${expected}”，现为“${actual}”；请逐位核对营业执照。`,
  )
}

export function isCreditCode(code: string): boolean {
  return /^[0-9A-Z]{18}$/.test(code) && decideCreditCode(code).ok
}

/** The check character of the first 17. They must be of the alphabet. */
export function checkCharacterOf(body: string): string {
  if (body.length !== 17) throw new RangeError(`A credit code has 17 characters before its check character: '${body}'`)
  let sum = 0
  WEIGHTS.forEach((weight, index) => {
    const value = CREDIT_CODE_ALPHABET.indexOf(body.charAt(index))
    if (value < 0) throw new RangeError(`'${body.charAt(index)}' stands in no credit code`)
    sum += value * weight
  })
  return CREDIT_CODE_ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/**
 * A valid code for example data and tests: the n-th enterprise of a county, with a valid 组织机构代码 (GB 11714) inside.
 * `registry` is the first two characters: 91 enterprises, 92 个体, 93 农民专业合作社.
 */
export function creditCodeOf(registry: '91' | '92' | '93', division: string, ordinal: number): string {
  if (!/^\d{6}$/.test(division)) throw new RangeError(`Not a division code: '${division}'`)
  if (!Number.isSafeInteger(ordinal) || ordinal < 0) throw new RangeError(`Not an ordinal: ${ordinal}`)
  // MA and six characters are what registered units got from 2015 on. Multiplied, so that neighbours do not look alike.
  const organisation = `MA${inAlphabet(ordinal * 40_503 + 7, 6)}`
  const body = `${registry}${division}${organisation}${organisationCheck(organisation)}`
  return `${body}${checkCharacterOf(body)}`
}

function inAlphabet(value: number, length: number): string {
  let rest = value
  let text = ''
  for (let place = 0; place < length; place++) {
    text = CREDIT_CODE_ALPHABET.charAt(rest % 31) + text
    rest = Math.floor(rest / 31)
  }
  return text
}

/** GB 11714-1997: letters count from 10, weights 3, 7, 9, 10, 5, 8, 4, 2, modulo 11, 10 written X. */
function organisationCheck(organisation: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * parseInt(organisation.charAt(index), 36), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}
