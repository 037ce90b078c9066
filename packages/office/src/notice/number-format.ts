/** How Word writes a number (ECMA-376 part 1, 17.18.59 ST_NumberFormat), for the formats that Chinese documents use. */
export function numberText(format: string, value: number): string {
  const writing = FORMATS[format]
  // What a format cannot say (the 21st circled figure, a zero in letters) Word writes in plain figures.
  return writing?.(value) ?? String(value)
}

type Writing = (value: number) => string | null

const DIGITS = '〇一二三四五六七八九'
const LEGAL_DIGITS = '零壹贰叁肆伍陆柒捌玖'

const FORMATS: Readonly<Record<string, Writing>> = {
  none: () => '',
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedFullstop: (value) => enclosed(0x2488, 20, value),
  decimalEnclosedParen: (value) => enclosed(0x2474, 20, value),
  numberInDash: (value) => `- ${value} -`,
  upperRoman: roman,
  lowerRoman: (value) => roman(value)?.toLowerCase() ?? null,
  upperLetter: letters,
  lowerLetter: (value) => letters(value)?.toLowerCase() ?? null,
  chineseCounting: counting,
  chineseCountingThousand: counting,
  japaneseCounting: counting,
  taiwaneseCounting: counting,
  taiwaneseCountingThousand: counting,
  chineseLegalSimplified: (value) => withPlaces(value, LEGAL_DIGITS, ['', '拾', '佰', '仟'], '万'),
  ideographLegalTraditional: (value) => withPlaces(value, '零壹貳參肆伍陸柒捌玖', ['', '拾', '佰', '仟'], '萬'),
  ideographDigital: digitByDigit,
  japaneseDigitalTenThousand: digitByDigit,
  taiwaneseDigital: digitByDigit,
  ideographEnclosedCircle: (value) => enclosed(0x3280, 10, value),
  ideographTraditional: (value) => '甲乙丙丁戊己庚辛壬癸'[value - 1] ?? null,
  ideographZodiac: (value) => '子丑寅卯辰巳午未申酉戌亥'[value - 1] ?? null,
  ordinal: (value) => `${value}${ordinalEnding(value)}`,
}

function fullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}

export function circled(value: number): string | null {
  if (value >= 21 && value <= 35) return String.fromCharCode(0x3251 + value - 21)
  if (value >= 36 && value <= 50) return String.fromCharCode(0x32b1 + value - 36)
  return value === 0 ? '⓪' : enclosed(0x2460, 20, value)
}

function enclosed(first: number, count: number, value: number): string | null {
  return value >= 1 && value <= count ? String.fromCharCode(first + value - 1) : null
}

function roman(value: number): string | null {
  if (value < 1 || value > 3999) return null
  const steps: readonly [number, string][] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let rest = value
  let text = ''
  for (const [worth, sign] of steps) {
    for (; rest >= worth; rest -= worth) text += sign
  }
  return text
}

/** A to Z, then AA, BB: the letter doubled, not counted on. */
function letters(value: number): string | null {
  if (value < 1 || value > 780) return null
  return String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))
}

/** 一, 十, 十一, 二十, 一百零五: ten alone has no 一 before it. */
function counting(value: number): string | null {
  return withPlaces(value, `零${DIGITS.slice(1)}`, ['', '十', '百', '千'], '万')?.replace(/^一十/, '十') ?? null
}

function withPlaces(value: number, digits: string, places: readonly string[], tenThousand: string): string | null {
  if (value < 0 || value > 99_999_999) return null
  if (value === 0) return digits[0] ?? null
  const high = Math.floor(value / 10_000)
  const low = value % 10_000
  if (high === 0) return fourDigits(low, digits, places)
  const gap = low > 0 && low < 1000 ? (digits[0] ?? '') : ''
  return `${fourDigits(high, digits, places)}${tenThousand}${low === 0 ? '' : gap + fourDigits(low, digits, places)}`
}

function fourDigits(value: number, digits: string, places: readonly string[]): string {
  let text = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) gap = text !== ''
    else {
      text += `${gap ? (digits[0] ?? '') : ''}${digits[digit] ?? ''}${places[place] ?? ''}`
      gap = false
    }
  }
  return text
}

function digitByDigit(value: number): string | null {
  return value < 0 ? null : String(value).replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? digit)
}

function ordinalEnding(value: number): string {
  const tens = value % 100
  return tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')
}
