/** Somebody of the organisation. `status`: 1 active, 2 disabled, 4 not activated, 5 left. */
export interface Person {
  readonly userId: string
  readonly name: string
  readonly alias: string
  readonly departmentIds: readonly number[]
  readonly position: string
  readonly status: number
  /** Whether the person is inside the calling app's visible range. */
  readonly isVisible: boolean
}

/** An active, visible person with everything not given left empty. */
export const createPerson = (given: Partial<Person> & Pick<Person, 'userId' | 'name'>): Person => ({
  alias: '',
  departmentIds: [1],
  position: '',
  status: 1,
  isVisible: true,
  ...given,
})
