/** What the words in a ledger stand for: units by name or code, enterprises by name or code, and those with names like it. */
import { nameIndex, normaliseCreditCode, type NameIndex } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { RowCandidate } from '../../platform/imports/import-kind.js'
import { listOffices, type UnitRow } from '../organization/index.js'
import { listLedgerEnterprises, type LedgerEnterprise } from './ledger-import.repo.js'

export class LedgerLookup {
  private readonly units = new Map<string, UnitRow>()
  private readonly unitsCalled: ReadonlyMap<string, readonly UnitRow[]>
  private readonly byId = new Map<string, LedgerEnterprise>()
  private readonly enterprisesCalled: ReadonlyMap<string, readonly LedgerEnterprise[]>
  private readonly names: NameIndex
  private readonly alike = new Map<string, readonly RowCandidate[]>()

  private constructor(units: readonly UnitRow[], enterprises: readonly LedgerEnterprise[]) {
    for (const unit of units) this.units.set(unit.id, unit)
    for (const enterprise of enterprises) this.byId.set(enterprise.id, enterprise)
    this.unitsCalled = calledBy(units, ({ name, code }) => [name, code])
    this.enterprisesCalled = calledBy(enterprises, ({ name, creditCode }) => [name, creditCode])
    this.names = nameIndex(enterprises)
  }

  static async open(handle: Handle): Promise<LedgerLookup> {
    const units = (await listOffices(handle)).filter(({ dissolved_on }) => dissolved_on === null)
    return new LedgerLookup(units, await listLedgerEnterprises(handle))
  }

  unit(id: string | null): UnitRow | undefined {
    return id === null ? undefined : this.units.get(id)
  }

  enterprise(id: string | null): LedgerEnterprise | undefined {
    return id === null ? undefined : this.byId.get(id)
  }

  nameOf(id: string): string {
    return this.units.get(id)?.name ?? this.byId.get(id)?.name ?? ''
  }

  unitsNamed(text: string): readonly UnitRow[] {
    return this.unitsCalled.get(wordKey(text)) ?? []
  }

  /** By the whole name, else by a code that stands in the text, alone or in brackets behind the name. */
  enterprisesNamed(text: string): readonly LedgerEnterprise[] {
    const named = this.enterprisesCalled.get(wordKey(text))
    if (named !== undefined) return named
    const [code] = /[0-9A-HJ-NPQRTUWXY]{18}/.exec(normaliseCreditCode(text)) ?? []
    return code === undefined ? [] : (this.enterprisesCalled.get(code) ?? [])
  }

  candidatesFor(text: string): readonly RowCandidate[] {
    const known = this.alike.get(text)
    if (known !== undefined) return known
    const found = this.names.like(text).map(({ id, name, likeness }) => ({
      id,
      name,
      why: likeness === 1 ? '名称主干相同' : `名称相似${Math.round(likeness * 100)}%`,
    }))
    this.alike.set(text, found)
    return found
  }
}

function calledBy<Thing>(
  things: readonly Thing[],
  wordsOf: (thing: Thing) => readonly (string | null)[],
): ReadonlyMap<string, readonly Thing[]> {
  const called = new Map<string, Thing[]>()
  for (const thing of things) {
    for (const word of new Set(wordsOf(thing).map((each) => (each === null ? '' : wordKey(each))))) {
      if (word === '') continue
      const same = called.get(word)
      if (same === undefined) called.set(word, [thing])
      else same.push(thing)
    }
  }
  return called
}

function wordKey(word: string): string {
  return word.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}
