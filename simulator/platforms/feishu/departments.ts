import type { Person } from '../../world/person.ts'

const names: Readonly<Record<number, string>> = {
  1: '模拟企业',
  7: '研发中心',
  8: '产品设计部',
  9: '市场部',
  10: '行政部',
}

/** Undefined for nobody, and for somebody of no department. */
export function departmentNames(person: Person | undefined): string | undefined {
  const found = person?.departmentIds.map((id) => names[id] ?? `部门${id}`) ?? []
  return found.length === 0 ? undefined : found.join('、')
}
