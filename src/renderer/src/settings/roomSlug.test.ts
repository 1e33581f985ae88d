import { describe, expect, it } from 'vitest'
import { roomSlug } from './roomSlug.ts'

describe('roomSlug', () => {
  it.each([
    ['Lake View', '12', [], 'lake-view'],
    ['Lake View', '12', ['lake-view'], 'lake-view-2'],
    ['Lake View', '12', ['lake-view', 'lake-view-2'], 'lake-view-3'],
    ['Café Größe', '12', [], 'cafe-gro-e'],
    ['西湖', '12', [], 'room-12'],
    // The crumb "3f" would be the same for every room of the floor.
    ['3F-西湖', '12', [], 'room-12'],
    ['西湖', '300417_A', [], 'room-300417-a'],
    ['西湖', 'omm_c7552a3e9c985609838fe94c0d724a47', [], 'room-c7552a3e9c98'],
    ['西湖', 'omm_c7552a3e9c985609838fe94c0d724a47', ['room-c7552a3e9c98'], 'room-c7552a3e9c98-2'],
    ['', '', [], 'room-1'],
    ['!!', '', ['room-1'], 'room-1-2'],
    ['x'.repeat(90), '1', [], 'x'.repeat(40)],
  ])('%j with id %j', (name, vendorId, taken, expected) => {
    const slug = roomSlug(name, vendorId, taken)
    expect(slug).toBe(expected)
    // The schema's own rule for the id.
    expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/)
  })
})
