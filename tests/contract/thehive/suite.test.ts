import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { canDo } from '#shared/model/session.ts'
import { compatibilityDocument } from './compatibility-document.ts'
import type { Check, ContractOperation } from './contract.ts'
import { targetName } from './harness.ts'
import type { Harness, OpenTarget } from './harness.ts'
import { createMatrix } from './matrix.ts'
import type { Cell } from './matrix.ts'
import { operations } from './operations/all.ts'
import { targets } from './targets.ts'

const matrix = createMatrix(operations, targets)

for (const target of targets) {
  describe(targetName(target), () => {
    let open: Harness | undefined
    const harness = (): Harness => {
      if (open === undefined) throw new Error('The server is not up')
      return open
    }
    beforeAll(async () => {
      open = await target.open()
    })
    afterAll(() => open?.close())
    afterEach(() => open?.hive.faults.clear())

    for (const operation of operations) describe(operation.name, () => checksOf(operation, target, harness))

    it('sees only requests and answers its own API description allows', ({ skip }) => {
      const violations = harness().violations()
      if (violations === undefined) skip('no API description is at hand for this flavour')
      expect(violations).toEqual([])
    })
  })
}

function checksOf(operation: ContractOperation, target: OpenTarget, harness: () => Harness): void {
  const { name, success, failure } = operation
  const test = (sentence: string, check: Check, cell: Cell) =>
    it(sentence, async ({ task }) => {
      Object.assign(task.meta, { contract: { operation: name, target: targetName(target), ...cell } })
      const entry = matrix.begin(operation, target)
      await check(harness())
      entry.passed(cell)
    })
  const reason = operation.absent?.(target)
  if (reason !== undefined) {
    const cell = { outcome: 'absent', reason } as const
    test(`is absent by design: ${reason}`, (open) => isAbsent(operation, open), cell)
    return
  }
  for (const [sentence, check] of Object.entries(success)) test(sentence, check, { outcome: 'pass' })
  for (const [sentence, check] of Object.entries(failure)) test(sentence, check, { outcome: 'pass' })
}

async function isAbsent({ ability, whenAbsent }: ContractOperation, open: Harness): Promise<void> {
  if (ability !== undefined) {
    expect(canDo(open.server.session.capabilities, ability)).toEqual(expect.any(String))
  }
  await whenAbsent?.(open)
}

describe('docs/compatibility.md', () => {
  it('says what this suite found', async ({ skip }) => {
    if (!matrix.complete()) skip('not every check ran and passed')
    await expect(await compatibilityDocument(matrix)).toMatchFileSnapshot('../../../docs/compatibility.md')
  })
})
